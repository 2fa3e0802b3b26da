from django.urls import path

from alongside.web.partnership.needs import views

urlpatterns = [
    path("information-needs/", views.information_needs, name="information_needs"),
    path("partnership/<int:partnership_id>/information-needs/", views.information_needs, name="information_needs_of"),
    path("partnership/<int:partnership_id>/information-needs/declare/", views.declare_need, name="declare_need"),
    path("information-needs/<int:need_id>/", views.information_need, name="information_need"),
    path("information-needs/<int:need_id>/change/", views.change_need, name="change_need"),
    path("information-needs/<int:need_id>/end/", views.end_need, name="end_need"),
    path("information-needs/<int:need_id>/backlog/", views.offer_backlog, name="offer_backlog"),
]
