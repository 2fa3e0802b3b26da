from django.urls import path

from alongside.web.practitioner.emergency import views

urlpatterns = [path("people/<int:person_id>/emergency/", views.break_the_glass, name="break_glass"), path("my-emergencies/", views.my_emergency_accesses, name="my_emergencies")]
