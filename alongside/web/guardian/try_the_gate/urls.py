from django.urls import path

from alongside.web.guardian.try_the_gate import views

urlpatterns = [path("guardian/try-the-gate/", views.try_the_gate, name="try_the_gate"), path("guardian/try-the-gate/example.yaml", views.example, name="gate_example")]
