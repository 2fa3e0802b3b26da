from django.urls import path

from alongside.web.guardian.queue import views

urlpatterns = [path("guardian/queue/", views.queue, name="guardian_queue")]
