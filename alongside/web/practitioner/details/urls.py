from django.urls import path

from alongside.web.practitioner.details import views

urlpatterns = [
    path("people/<int:person_id>/details/", views.person_details, name="person_details"),
    path("people/<int:person_id>/details/<slug:noun>/add/", views.add_detail, name="add_detail"),
    path("people/<int:person_id>/details/<slug:noun>/", views.change_detail, name="change_detail"),
    path("people/<int:person_id>/details/<slug:noun>/<int:row_id>/", views.change_detail, name="change_detail"),
    path("people/<int:person_id>/details/<slug:noun>/<int:row_id>/end/", views.end_detail, name="end_detail"),
]
