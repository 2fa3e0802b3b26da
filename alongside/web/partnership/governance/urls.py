from django.urls import path

from alongside.web.partnership.governance import views

urlpatterns = [
    path("my-boards/", views.my_boards, name="my_boards"),
    path("partnership/<int:partnership_id>/governance/", views.governance, name="governance"),
    path("partnership/<int:partnership_id>/governance/<slug:heading>/", views.settle_heading, name="settle_heading"),
    path("partnership/<int:partnership_id>/board/quorum/", views.set_quorum, name="set_quorum"),
    path("partnership/<int:partnership_id>/board/seat/", views.seat_member, name="seat_member"),
    path("partnership/<int:partnership_id>/decision-rights/add/", views.add_decision_right, name="add_decision_right"),
    path("board/members/<int:member_id>/interest/", views.declare_interest, name="declare_interest"),
    path("board/members/<int:member_id>/leave/", views.leave_seat, name="leave_seat"),
    path("board/interests/<int:interest_id>/end/", views.end_interest, name="end_interest"),
    path("board/decision-rights/<int:right_id>/end/", views.end_decision_right, name="end_decision_right"),
]
