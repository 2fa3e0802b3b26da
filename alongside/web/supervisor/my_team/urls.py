from django.urls import path

from alongside.web.supervisor.my_team import late, people, views

urlpatterns = [
    path("my-team/", views.my_team, name="my_team"),
    path("my-team/supervision/", views.supervision, name="supervision"),
    path("my-team/shares/<uuid:reference>/", late.late_share, name="late_share"),
    path("my-team/share-out/<int:relationship_id>/", people.share_out, name="share_out"),
    path("my-team/<int:practitioner_id>/", people.supervised, name="supervised"),
    path("my-team/<int:practitioner_id>/cover/", people.cover, name="cover"),
    path("my-team/<int:practitioner_id>/hand-over/", people.hand_over_all, name="hand_over_all"),
]
