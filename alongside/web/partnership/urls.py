"""The journeys of a partnership: what is agreed, what each must know, who is who, one folder each."""

from alongside.web.partnership.agreements.urls import urlpatterns as agreements
from alongside.web.partnership.home.urls import urlpatterns as home
from alongside.web.partnership.members.urls import urlpatterns as members
from alongside.web.partnership.needs.urls import urlpatterns as needs
from alongside.web.partnership.public.urls import urlpatterns as public
from alongside.web.partnership.trust.urls import urlpatterns as trust

urlpatterns = [*home, *members, *agreements, *needs, *trust, *public]
