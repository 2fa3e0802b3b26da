from django.urls import path

from alongside.web.guardian.ledger import views

urlpatterns = [path("guardian/ledger/", views.ledger, name="guardian_ledger"), path("guardian/ledger/proof/", views.proof, name="ledger_proof")]
