"""The person's own pages, each twice: about oneself, and about somebody one acts for, whose number stands in the address. Nobody chooses a helper in another's place."""

from django.urls import include, path

from alongside.web.person.choices.urls import only_ones_own
from alongside.web.person.choices.urls import urlpatterns as choices
from alongside.web.person.looked.urls import urlpatterns as looked
from alongside.web.person.record.urls import urlpatterns as record
from alongside.web.person.support.urls import urlpatterns as support
from alongside.web.person.support.views import whose
from alongside.web.person.told.urls import urlpatterns as told

pages = [*record, *choices, *looked, *told, *support]
urlpatterns = [path("whose-record/", whose, name="whose_record"), *pages, *only_ones_own, path("for/<int:person_id>/", include(pages))]
