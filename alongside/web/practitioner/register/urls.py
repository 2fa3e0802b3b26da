from django.urls import path

from alongside.web.practitioner.register import views

urlpatterns = [path("people/register/", views.register_person, name="register_person")]
