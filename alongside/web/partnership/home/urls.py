from django.urls import path

from alongside.web.partnership.home import views

urlpatterns = [
    path("partnership/", views.partnership_home, name="partnership"),
    path("partnership/<int:partnership_id>/", views.partnership_home, name="partnership_of"),
]
