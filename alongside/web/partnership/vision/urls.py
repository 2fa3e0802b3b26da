from django.urls import path

from alongside.web.partnership.vision import views

urlpatterns = [
    path("partnership/<int:partnership_id>/vision/", views.visions, name="visions"),
    path("partnership/<int:partnership_id>/vision/propose/", views.propose_vision, name="propose_vision"),
    path("visions/<int:vision_id>/", views.vision, name="vision"),
    path("visions/<int:vision_id>/remark/", views.remark, name="remark_on_vision"),
    path("visions/<int:vision_id>/open/", views.open_vision, name="open_vision"),
    path("visions/<int:vision_id>/answer/", views.answer_vision, name="answer_vision"),
    path("visions/<int:vision_id>/withdraw/", views.withdraw_from_vision, name="withdraw_from_vision"),
    path("remarks/<int:remark_id>/answer/", views.answer_remark, name="answer_remark"),
]
