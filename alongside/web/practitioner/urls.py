"""The practitioner's journeys, one folder each."""

from alongside.web.practitioner.choices.urls import urlpatterns as choices
from alongside.web.practitioner.contradictions.urls import urlpatterns as contradictions
from alongside.web.practitioner.details.urls import urlpatterns as details
from alongside.web.practitioner.doubles.urls import urlpatterns as doubles
from alongside.web.practitioner.emergency.urls import urlpatterns as emergency
from alongside.web.practitioner.entry.urls import urlpatterns as entry
from alongside.web.practitioner.finder.urls import urlpatterns as finder
from alongside.web.practitioner.involvement.urls import urlpatterns as involvement
from alongside.web.practitioner.my_people.urls import urlpatterns as my_people
from alongside.web.practitioner.my_work.urls import urlpatterns as my_work
from alongside.web.practitioner.owed.urls import urlpatterns as owed
from alongside.web.practitioner.own_pages.urls import urlpatterns as own_pages
from alongside.web.practitioner.protection.urls import urlpatterns as protection
from alongside.web.practitioner.record.urls import urlpatterns as record
from alongside.web.practitioner.register.urls import urlpatterns as register
from alongside.web.practitioner.shares.urls import urlpatterns as shares

urlpatterns = [*my_work, *my_people, *finder, *register, *record, *details, *involvement, *choices, *contradictions, *entry, *shares, *emergency, *owed, *protection, *own_pages, *doubles]
