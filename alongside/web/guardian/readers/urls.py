from django.urls import path

from alongside.web.guardian.readers import views

urlpatterns = [path("guardian/records/<int:kept_id>/", views.name_or_lift, name="readers_wanted")]
