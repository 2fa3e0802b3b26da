from django.urls import path

from alongside.web.practitioner.involvement import views

urlpatterns = [
    path("people/<int:person_id>/involvement/", views.involvement, name="involvement"),
    path("people/<int:person_id>/involvement/allocate/", views.allocate, name="allocate"),
    path("people/<int:person_id>/involvement/<int:relationship_id>/", views.end_or_hand_over, name="end_or_hand_over"),
]
