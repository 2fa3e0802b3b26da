from django.urls import path

from alongside.web.practitioner.record import chronology, purpose, views

urlpatterns = [
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/purpose/", purpose.record_purpose, name="record_purpose"),
    path("people/<int:person_id>/chronology/", chronology.chronology, name="chronology"),
]
