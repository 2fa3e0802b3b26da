from django.urls import path

from alongside.web.practitioner.record import chronology, views

urlpatterns = [
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/chronology/", chronology.chronology, name="chronology"),
]
