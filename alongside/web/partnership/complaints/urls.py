from django.urls import path

from alongside.web.partnership.complaints import views

urlpatterns = [
    path("partnership/<int:partnership_id>/complaints/", views.partnership_complaints, name="partnership_complaints"),
    path("partnership/<int:partnership_id>/complaints/add/", views.write_down_complaint, name="write_down_complaint"),
    path("partnership/complaints/<int:complaint_id>/answer/", views.answer_partnership_complaint, name="answer_partnership_complaint"),
]
