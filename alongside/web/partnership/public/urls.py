from django.urls import path

from alongside.web.partnership.public import say, views

urlpatterns = [
    path("about/partnership/<int:partnership_id>/", views.public_partnership, name="public_partnership"),
    path("about/partnership/<int:partnership_id>/have-your-say/", say.have_your_say, name="have_your_say"),
    path("about/partnership/<int:partnership_id>/have-your-say/on-paper/", say.paper_form, name="paper_form"),
    path("about/partnership/<int:partnership_id>/what-changed/", say.what_changed, name="what_changed"),
    path("about/have-your-say/", say.where_to_say, name="where_to_say"),
    path("about/have-your-say/answer/", say.read_answer, name="read_answer"),
]
