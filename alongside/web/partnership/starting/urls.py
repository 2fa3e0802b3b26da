from django.urls import path

from alongside.web.partnership.starting import views

urlpatterns = [
    path("partnerships/", views.partnerships, name="partnerships"),
    path("partnerships/start/", views.choose_kind, name="choose_kind"),
    path("partnerships/start/<slug:kind>/", views.start_partnership, name="start_partnership"),
    path("partnership/<int:partnership_id>/why/", views.partnership_why, name="partnership_why"),
    path("partnership/<int:partnership_id>/why/change/", views.change_why, name="change_why"),
    path("partnership/<int:partnership_id>/posts/<slug:post>/", views.fill_post, name="fill_post"),
]
