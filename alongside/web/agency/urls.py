"""Who is who, for everybody at work; and an agency's own directory, for whoever looks after it."""

from django.urls import path

from alongside.web.agency import leaver, practitioners, views, who_is_who

urlpatterns = [
    path("who-is-who/", who_is_who.who_is_who, name="who_is_who"),
    path("who-is-who/agencies/<int:agency_id>/", who_is_who.agency, name="agency_in_who_is_who"),
    path("agency/", views.agency, name="agency"),
    path("agency/details/", views.change_agency, name="change_agency"),
    path("agency/teams/add/", views.change_team, name="add_team"),
    path("agency/teams/<int:team_id>/", views.change_team, name="change_team"),
    path("agency/practitioners/add/", practitioners.open_account, name="open_account"),
    path("agency/practitioners/<int:practitioner_id>/", practitioners.practitioner, name="practitioner"),
    path("agency/practitioners/<int:practitioner_id>/details/", practitioners.change_practitioner, name="change_practitioner"),
    path("agency/practitioners/<int:practitioner_id>/end/", leaver.end_account, name="end_account"),
    path("agency/resets/<int:reset_id>/", practitioners.answer_reset, name="answer_reset"),
    path("my-expertise/", who_is_who.my_expertise, name="my_expertise"),
]
