from django.urls import path

from alongside.web.practitioner.entry import views

urlpatterns = [
    path("people/<int:person_id>/entries/add/", views.add_entry, name="add_entry"),
    path("people/<int:person_id>/entries/draft/", views.save_draft, name="save_draft"),
    path("people/<int:person_id>/entries/draft/two-versions/", views.two_versions, name="two_versions"),
    path("people/<int:person_id>/entries/draft/discard/", views.discard_draft, name="discard_draft"),
]
