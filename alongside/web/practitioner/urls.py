"""The practitioner's journeys, one folder each."""

from alongside.web.practitioner.emergency.urls import urlpatterns as emergency
from alongside.web.practitioner.entry.urls import urlpatterns as entry
from alongside.web.practitioner.finder.urls import urlpatterns as finder
from alongside.web.practitioner.my_work.urls import urlpatterns as my_work
from alongside.web.practitioner.owed.urls import urlpatterns as owed
from alongside.web.practitioner.record.urls import urlpatterns as record
from alongside.web.practitioner.shares.urls import urlpatterns as shares

urlpatterns = [*my_work, *finder, *record, *entry, *shares, *emergency, *owed]
