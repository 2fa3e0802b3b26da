from django.urls import path

from alongside.web.partnership.exits import views

urlpatterns = [
    path("partnership/<int:partnership_id>/exit/", views.partnership_exit, name="partnership_exit"),
    path("partnership/<int:partnership_id>/exit/end/", views.end_partnership, name="end_partnership"),
    path("partnership/<int:partnership_id>/exit/call-off/", views.call_off_ending, name="call_off_ending"),
    path("partnership/<int:partnership_id>/exit/returns/add/", views.plan_return, name="plan_return"),
    path("partnership/exit/returns/<int:return_id>/done/", views.give_back, name="give_back"),
]
