from django.urls import path

from alongside.web.guardian.agreements import views

urlpatterns = [path("guardian/agreements/", views.agreements, name="guardian_agreements")]
