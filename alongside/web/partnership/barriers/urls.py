from django.urls import path

from alongside.web.partnership.barriers import views

urlpatterns = [
    path("partnership/<int:partnership_id>/risks/", views.risks, name="risks"),
    path("partnership/<int:partnership_id>/risks/raise/", views.raise_risk, name="raise_risk"),
    path("partnership/<int:partnership_id>/risks/start/", views.start_register, name="start_register"),
    path("risks/<int:risk_id>/", views.risk, name="risk"),
    path("risks/<int:risk_id>/judge/", views.judge_risk, name="judge_partnership_risk"),
    path("risks/<int:risk_id>/close/", views.close_risk, name="close_risk"),
]
