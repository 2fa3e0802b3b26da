from django.urls import path

from alongside.web.partnership.network import views

urlpatterns = [path("partnership/<int:partnership_id>/network/", views.network, name="network")]
