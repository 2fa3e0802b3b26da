from django.urls import path

from alongside.web.practitioner.my_work import views

urlpatterns = [
    path("my-work/", views.my_work, name="my_work"),
    path("inbox/", views.inbox, name="inbox"),
]
