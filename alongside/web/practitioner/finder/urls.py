from django.urls import path

from alongside.web.practitioner.finder import views

urlpatterns = [path("find/", views.find, name="find")]
