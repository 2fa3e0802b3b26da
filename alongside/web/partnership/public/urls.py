from django.urls import path

from alongside.web.partnership.public import views

urlpatterns = [path("about/partnership/<int:partnership_id>/", views.public_partnership, name="public_partnership")]
