from django.urls import path

from alongside.web.guardian.emergency import views

urlpatterns = [path("guardian/emergencies/<int:emergency_id>/", views.emergency, name="judge_emergency")]
