from django.urls import path

from alongside.web.partnership.partners import views

urlpatterns = [
    path("partnership/<int:partnership_id>/join/", views.join_partnership, name="join_partnership"),
    path("partnership/<int:partnership_id>/partners/<int:agency_id>/", views.change_partner, name="change_partner"),
    path("partnership/<int:partnership_id>/partners/<int:agency_id>/leave/", views.leave_partnership, name="leave_partnership"),
]
