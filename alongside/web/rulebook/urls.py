from django.urls import path

from alongside.web.rulebook import views

urlpatterns = [path("rulebook/", views.rulebook, name="rulebook"), path("rulebook/<slug:rule_id>/", views.one_rule, name="rule")]
