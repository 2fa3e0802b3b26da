from django.urls import path

from alongside.web.partnership.benefits import views

urlpatterns = [
    path("partnership/<int:partnership_id>/benefits/", views.benefits, name="benefits"),
    path("partnership/<int:partnership_id>/benefits/add/", views.claim_benefit, name="claim_benefit"),
    path("partnership/<int:partnership_id>/benefits/start/", views.start_with_claims, name="start_with_claims"),
    path("benefits/<int:benefit_id>/evidence/", views.add_evidence, name="add_evidence"),
    path("benefits/<int:benefit_id>/close/", views.close_benefit, name="close_benefit"),
]
