from django.urls import path

from alongside.web.partnership.voice import contributions, forums, views

HERE = "partnership/<int:partnership_id>/voice/"
urlpatterns = [
    path(HERE, views.voice, name="voice"),
    path(f"{HERE}contributions/", contributions.contributions, name="contributions"),
    path(f"{HERE}contributions/type-in/", contributions.type_in_contribution, name="type_in_contribution"),
    path(f"{HERE}contributions/<int:contribution_id>/", contributions.contribution, name="contribution"),
    path(f"{HERE}population/", forums.population, name="population"),
    path(f"{HERE}forums/open/", forums.open_forum, name="open_forum"),
    path(f"{HERE}forums/<int:forum_id>/", forums.forum, name="forum"),
    path(f"{HERE}forums/<int:forum_id>/claim/", forums.claim_rung, name="claim_rung"),
    path(f"{HERE}forums/<int:forum_id>/who-takes-part/", forums.record_profile, name="record_profile"),
    path(f"{HERE}forums/<int:forum_id>/who-spoke/", forums.record_sitting, name="record_sitting"),
    path(f"{HERE}forums/<int:forum_id>/close/", forums.close_forum, name="close_forum"),
]
