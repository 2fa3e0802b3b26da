from django.urls import path

from alongside.web.partnership.offers import views

urlpatterns = [
    path("partnership/<int:partnership_id>/offers/", views.offers, name="offers"),
    path("partnership/<int:partnership_id>/offers/add/", views.offer_resource, name="offer_resource"),
    path("offers/<int:offer_id>/ask/", views.ask_for_offer, name="ask_for_offer"),
    path("offers/<int:offer_id>/withdraw/", views.withdraw_offer, name="withdraw_offer"),
    path("offers/requests/<int:request_id>/", views.answer_offer_request, name="answer_offer_request"),
]
