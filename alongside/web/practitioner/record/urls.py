from django.urls import path

from alongside.web.practitioner.record import views

urlpatterns = [path("people/<int:person_id>/", views.person, name="person")]
