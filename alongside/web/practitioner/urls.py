"""The practitioner's journeys, one folder each."""

from alongside.web.practitioner.entry.urls import urlpatterns as entry
from alongside.web.practitioner.finder.urls import urlpatterns as finder
from alongside.web.practitioner.my_people.urls import urlpatterns as my_people
from alongside.web.practitioner.my_work.urls import urlpatterns as my_work
from alongside.web.practitioner.record.urls import urlpatterns as record
from alongside.web.practitioner.shares.urls import urlpatterns as shares

urlpatterns = [*my_work, *my_people, *finder, *record, *entry, *shares]
