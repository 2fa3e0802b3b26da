from django.urls import path

from alongside.web.partnership.shadowing import views

urlpatterns = [
    path("partnership/<int:partnership_id>/trust/days/", views.shadowing_days, name="shadowing_days"),
    path("partnership/<int:partnership_id>/trust/days/add/", views.write_shadowing_day, name="write_shadowing_day"),
    path("trust/days/<int:day_id>/share/", views.share_shadowing_day, name="share_shadowing_day"),
]
