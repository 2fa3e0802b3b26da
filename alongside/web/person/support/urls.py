from django.urls import path

from alongside.web.person.support import views

urlpatterns = [path("help/", views.help_page, name="help")]
