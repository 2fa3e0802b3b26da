from django.urls import path

from alongside.web.partnership.meetings import minutes, papers, views

urlpatterns = [
    path("partnership/<int:partnership_id>/meetings/", views.meetings, name="meetings"),
    path("partnership/<int:partnership_id>/meetings/call/", views.call_meeting, name="call_meeting"),
    path("meetings/<int:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/agenda/", views.add_to_agenda, name="add_to_agenda"),
    path("meetings/<int:meeting_id>/attendance/", views.note_attendance, name="note_attendance"),
    path("meetings/<int:meeting_id>/apologies/", views.send_apologies, name="send_apologies"),
    path("meetings/<int:meeting_id>/close/", views.close_meeting, name="close_meeting"),
    path("meetings/<int:meeting_id>/withdraw/", views.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:meeting_id>/minutes/<slug:form>/", minutes.minutes_file, name="minutes_file"),
    path("meetings/points/<int:item_id>/paper/", papers.attach_paper, name="attach_paper"),
    path("meetings/papers/<uuid:reference>/", papers.agenda_paper, name="agenda_paper"),
    path("meetings/points/<int:item_id>/interest/", views.declare_conflict, name="declare_conflict"),
    path("meetings/points/<int:item_id>/discussion/", views.minute_discussion, name="minute_discussion"),
    path("meetings/points/<int:item_id>/decide/", views.decide, name="decide_point"),
    path("meetings/points/<int:item_id>/action/", views.take_on, name="take_on"),
    path("meetings/decisions/<int:decision_id>/dissent/", views.dissent, name="dissent"),
    path("meetings/actions/<int:action_id>/done/", views.finish_action, name="finish_action"),
]
