from django.urls import path

from alongside.web.practitioner import views

urlpatterns = [
    path("my-work/", views.my_work, name="my_work"),
    path("inbox/", views.inbox, name="inbox"),
    path("find/", views.find, name="find"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/entries/add/", views.add_entry, name="add_entry"),
    path("people/<int:person_id>/entries/draft/", views.save_draft, name="save_draft"),
    path("people/<int:person_id>/entries/<uuid:reference>/", views.entry_recorded, name="entry_recorded"),
    path("shares/<uuid:reference>/", views.share, name="share"),
]
