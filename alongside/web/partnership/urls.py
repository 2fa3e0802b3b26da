"""The journeys of a partnership: what is agreed, what each must know, who is who, one folder each."""

from alongside.web.partnership.accounts.urls import urlpatterns as accounts
from alongside.web.partnership.agreements.urls import urlpatterns as agreements
from alongside.web.partnership.barriers.urls import urlpatterns as barriers
from alongside.web.partnership.benefits.urls import urlpatterns as benefits
from alongside.web.partnership.complaints.urls import urlpatterns as complaints
from alongside.web.partnership.effects.urls import urlpatterns as effects
from alongside.web.partnership.exits.urls import urlpatterns as exits
from alongside.web.partnership.framework.urls import urlpatterns as framework
from alongside.web.partnership.governance.urls import urlpatterns as governance
from alongside.web.partnership.guidance.urls import urlpatterns as guidance
from alongside.web.partnership.home.urls import urlpatterns as home
from alongside.web.partnership.meetings.urls import urlpatterns as meetings
from alongside.web.partnership.needs.urls import urlpatterns as needs
from alongside.web.partnership.network.urls import urlpatterns as network
from alongside.web.partnership.objectives.urls import urlpatterns as objectives
from alongside.web.partnership.offers.urls import urlpatterns as offers
from alongside.web.partnership.partners.urls import urlpatterns as partners
from alongside.web.partnership.public.urls import urlpatterns as public
from alongside.web.partnership.roles.urls import urlpatterns as roles
from alongside.web.partnership.shadowing.urls import urlpatterns as shadowing
from alongside.web.partnership.starting.urls import urlpatterns as starting
from alongside.web.partnership.trust.urls import urlpatterns as trust
from alongside.web.partnership.vision.urls import urlpatterns as vision
from alongside.web.partnership.voice.urls import urlpatterns as voice

urlpatterns = [
    *home, *partners, *starting, *vision, *objectives, *governance, *meetings, *roles, *barriers,
    *agreements, *needs, *accounts, *framework, *guidance, *network, *trust, *shadowing, *effects, *offers, *voice, *benefits, *complaints, *exits, *public,
]
