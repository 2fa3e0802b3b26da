from django.urls import path

from alongside.web.practitioner.owed import views

urlpatterns = [path("owed/<int:obligation_id>/", views.owed, name="obligation")]
