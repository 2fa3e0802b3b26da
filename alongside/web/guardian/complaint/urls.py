from django.urls import path

from alongside.web.guardian.complaint import views

urlpatterns = [path("guardian/complaints/<int:complaint_id>/", views.complaint, name="complaint")]
