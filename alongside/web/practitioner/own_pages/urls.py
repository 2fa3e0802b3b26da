from django.urls import path

from alongside.web.practitioner.own_pages import office, views

urlpatterns = [
    path("people/<int:person_id>/own-pages/", views.own_pages, name="own_pages"),
    path("people/<int:person_id>/own-pages/ask/", views.ask_to_let_in, name="ask_to_let_in"),
    path("people/<int:person_id>/own-pages/ask-for-helper/", views.ask_for_helper, name="ask_for_helper"),
    path("people/<int:person_id>/own-pages/<int:representation_id>/end/", views.end_own_pages, name="end_own_pages"),
    path("records-office/letting-in/", office.letting_in, name="letting_in"),
    path("records-office/letting-in/<int:asked_id>/", office.answer_letting_in, name="answer_letting_in"),
]
