"""Every address of the product, from its parts."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.web.agency.urls import urlpatterns as agency_urls
from alongside.web.design.urls import gallery_urls
from alongside.web.guardian.urls import urlpatterns as guardian_urls
from alongside.web.partnership.urls import urlpatterns as partnership_urls
from alongside.web.person.urls import urlpatterns as person_urls
from alongside.web.practitioner.urls import urlpatterns as practitioner_urls
from alongside.web.sign_in.urls import urlpatterns as sign_in_urls
from alongside.web.supervisor.urls import urlpatterns as supervisor_urls

urlpatterns: list[URLPattern | URLResolver] = [*sign_in_urls, *practitioner_urls, *person_urls, *supervisor_urls, *agency_urls, *guardian_urls, *partnership_urls]

if not settings.PRODUCTION:
    urlpatterns += gallery_urls

if settings.DEMO:
    from alongside.cli.tarnside import cast, tour
    from alongside.web.demo.urls import demo_urls

    stories = {person.key: person.says for person in cast.PRACTITIONERS} | cast.PEOPLE_WHO_SIGN_IN
    urlpatterns.append(path("demo/", include(demo_urls(stories, tour.STOPS))))

handler400 = "alongside.web.design.error_pages.not_understood"
handler403 = "alongside.web.design.error_pages.forbidden"
handler404 = "alongside.web.design.error_pages.not_known"
handler500 = "alongside.web.design.error_pages.broken"
handler429 = "alongside.web.design.error_pages.too_many"  # the sign-in library's
