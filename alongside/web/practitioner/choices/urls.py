from django.urls import path

from alongside.web.practitioner.choices import views

urlpatterns = [
    path("people/<int:person_id>/choices/", views.choices, name="choices"),
    path("people/<int:person_id>/choices/answer/", views.record_answer, name="record_answer"),
    path("people/<int:person_id>/choices/objection/", views.record_objection, name="record_objection"),
    path("people/<int:person_id>/choices/objection/<int:objection_id>/take-back/", views.take_back, name="record_taken_back"),
    path("people/<int:person_id>/choices/deciding/", views.record_deciding, name="record_deciding"),
]
