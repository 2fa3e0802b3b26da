from django.urls import path

from alongside.web.practitioner.my_people import views

urlpatterns = [path("my-people/", views.my_people, name="my_people")]
