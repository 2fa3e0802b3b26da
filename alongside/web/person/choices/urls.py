from django.urls import path

from alongside.web.person.choices import views

urlpatterns = [
    path("my-choices/", views.my_choices, name="my_choices"),
    path("my-choices/keep-from/", views.keep_from, name="keep_from"),
    path("my-choices/keep-from/<int:objection_id>/take-back/", views.take_back, name="take_back_objection"),
    path("my-choices/deciding/", views.deciding, name="deciding"),
    path("my-choices/contact/", views.contact, name="safe_contact"),
]

only_ones_own = [
    path("my-choices/helpers/", views.helpers, name="helpers"),
    path("my-choices/helpers/<int:representation_id>/end/", views.end_helper, name="end_helper"),
]
