from django.urls import path

from alongside.web.partnership.objectives import views

urlpatterns = [
    path("partnership/<int:partnership_id>/objectives/", views.objectives, name="objectives"),
    path("partnership/<int:partnership_id>/objectives/add/", views.add_objective, name="add_objective"),
    path("partnership/<int:partnership_id>/objectives/rank/", views.rank_objectives, name="rank_objectives"),
    path("objectives/<int:objective_id>/", views.objective, name="objective"),
    path("objectives/<int:objective_id>/word/", views.word_objective, name="word_objective"),
    path("objectives/<int:objective_id>/measure/", views.measure_objective, name="measure_objective"),
    path("objectives/<int:objective_id>/interest/", views.declare_interest_in, name="declare_interest_in"),
    path("objectives/<int:objective_id>/end/", views.end_objective, name="end_objective"),
]
