from django.urls import path

from alongside.web.practitioner.contradictions import views

urlpatterns = [
    path("people/<int:person_id>/two-things/", views.two_things, name="two_things"),
    path("people/<int:person_id>/two-things/add/", views.note_two_things, name="note_two_things"),
    path("people/<int:person_id>/two-things/<int:contradiction_id>/", views.answer_two_things, name="answer_two_things"),
]
