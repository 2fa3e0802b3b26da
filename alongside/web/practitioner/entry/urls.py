from django.urls import path

from alongside.web.practitioner.entry import correcting, deciding, one_entry, views, worry

urlpatterns = [
    path("people/<int:person_id>/entries/add/", views.add_entry, name="add_entry"),
    path("people/<int:person_id>/refer/", views.refer, name="refer"),
    path("people/<int:person_id>/entries/draft/", views.save_draft, name="save_draft"),
    path("people/<int:person_id>/entries/draft/two-versions/", views.two_versions, name="two_versions"),
    path("people/<int:person_id>/entries/draft/discard/", views.discard_draft, name="discard_draft"),
    path("people/<int:person_id>/entries/<uuid:reference>/", one_entry.entry, name="entry"),
    path("people/<int:person_id>/entries/<uuid:reference>/correct/", correcting.correct_entry, name="correct_entry"),
    path("entries/<uuid:reference>/", one_entry.own_entry, name="own_entry"),
    path("entries/<uuid:entry_reference>/attachments/<uuid:reference>/", one_entry.attachment, name="attachment"),
    path("worries/report/", worry.report_worry, name="report_worry"),
    path("decisions/<int:outcome_id>/", deciding.decide_outcome, name="decide_outcome"),
]
