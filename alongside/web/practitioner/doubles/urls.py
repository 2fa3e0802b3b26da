from django.urls import path

from alongside.web.practitioner.doubles import protections, views

urlpatterns = [
    path("records-office/", views.records_office, name="records_office"),
    path("records-office/registers/<int:import_id>/", views.register_loaded, name="register_loaded"),
    path("records-office/doubles/", views.possible_doubles, name="possible_doubles"),
    path("records-office/doubles/<int:pair_id>/", views.decide_pair, name="decide_pair"),
    path("records-office/protections/", protections.protections, name="protections"),
    path("records-office/protections/<int:marker_id>/", protections.ask_to_end, name="ask_to_end"),
    path("records-office/endings/<int:ending_id>/", protections.answer_ending, name="answer_ending"),
]
