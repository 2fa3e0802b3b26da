from django.urls import path

from alongside.web.practitioner.doubles import views

urlpatterns = [
    path("records-office/", views.records_office, name="records_office"),
    path("records-office/registers/<int:import_id>/", views.register_loaded, name="register_loaded"),
    path("records-office/doubles/", views.possible_doubles, name="possible_doubles"),
    path("records-office/doubles/<int:pair_id>/", views.decide_pair, name="decide_pair"),
]
