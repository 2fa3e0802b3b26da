from django.urls import path

from alongside.web.person.told import views

urlpatterns = [path("my-record/two-different-things/", views.told_two_things, name="told_two_things")]
