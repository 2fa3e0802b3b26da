from django.urls import path

from alongside.web.practitioner.protection import views

urlpatterns = [
    path("people/<int:person_id>/protection/", views.protection, name="protection"),
    path("people/<int:person_id>/protection/restrict/", views.close, name="restrict"),
    path("people/<int:person_id>/protection/restrict/<int:restriction_id>/lift/", views.lift, name="lift_restriction"),
    path("people/<int:person_id>/protection/restrict/<int:restriction_id>/readers/", views.readers, name="hand_on"),
    path("people/<int:person_id>/protection/risk/", views.risk, name="judge_risk"),
    path("people/<int:person_id>/protection/hold/", views.hold, name="hold_lines"),
    path("people/<int:person_id>/protection/hold/<int:hold_id>/end/", views.end_hold, name="end_hold"),
    path("people/<int:person_id>/protection/document/", views.document, name="record_document"),
]
