from django.urls import path

from alongside.web.practitioner.shares import views

urlpatterns = [path("shares/<uuid:reference>/", views.share, name="share")]
