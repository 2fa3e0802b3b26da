from django.urls import path

from alongside.web.person.looked import views

urlpatterns = [
    path("who-looked/", views.who_looked, name="who_looked"),
    path("who-looked/check/", views.check_page, name="check_looks"),
    path("who-looked/proof.json", views.proof, name="proof_of_looks"),
    path("who-looked/complaints/", views.complaints, name="complaints"),
    path("who-looked/<int:line>/complain/", views.complain, name="complain"),
]
