from django.urls import path

from alongside.web.partnership.roles import views

urlpatterns = [
    path("partnership/<int:partnership_id>/roles/", views.roles, name="roles"),
    path("partnership/<int:partnership_id>/roles/duty/", views.add_duty, name="add_duty"),
    path("partnership/<int:partnership_id>/roles/task/", views.add_task, name="add_task"),
    path("partnership/<int:partnership_id>/roles/dispute/", views.raise_dispute, name="raise_dispute"),
    path("roles/duties/<int:duty_id>/hold/", views.hold_duty, name="hold_duty"),
    path("roles/duties/<int:duty_id>/end/", views.end_duty, name="end_duty"),
    path("roles/holders/<int:holder_id>/end/", views.leave_duty, name="leave_duty"),
    path("roles/tasks/<int:task_id>/end/", views.end_task, name="end_task"),
    path("roles/disputes/<int:dispute_id>/settle/", views.settle_dispute, name="settle_dispute"),
]
