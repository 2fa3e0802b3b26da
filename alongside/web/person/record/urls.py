from django.urls import path

from alongside.web.person.record import views

urlpatterns = [
    path("my-record/", views.my_record, name="my_record"),
    path("my-record/about-me/", views.about_me, name="about_me"),
    path("my-record/write/", views.write, name="write_note"),
    path("my-record/entries/<uuid:reference>/my-side/", views.my_side, name="my_side"),
]
