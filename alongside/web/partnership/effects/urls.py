from django.urls import path

from alongside.web.partnership.effects import views

urlpatterns = [
    path("partnership/<int:partnership_id>/effects/", views.effects, name="effects"),
    path("partnership/<int:partnership_id>/effects/ratings.csv", views.effect_ratings, name="effect_ratings"),
    path("partnership/<int:partnership_id>/effects/activities/add/", views.name_activity, name="name_activity"),
    path("partnership/<int:partnership_id>/effects/ask/", views.ask_effects, name="ask_effects"),
    path("effects/activities/<int:activity_id>/end/", views.end_activity, name="end_activity"),
    path("effects/rounds/<int:round_id>/activities/<int:activity_id>/", views.rate_effects, name="rate_effects"),
    path("effects/activities/<int:activity_id>/objectives/<int:objective_id>/", views.effect, name="effect"),
    path("effects/activities/<int:activity_id>/objectives/<int:objective_id>/take-on/", views.take_on_effect, name="take_on_effect"),
    path("effects/activities/<int:activity_id>/objectives/<int:objective_id>/end/", views.end_effect, name="end_effect"),
]
