from django.urls import path

from alongside.web.person import views

urlpatterns = [
    path("my-record/", views.my_record, name="my_record"),
    path("who-looked/", views.who_looked_page, name="who_looked"),
]
