from django.urls import path

from alongside.web.partnership.trust import differences, expertise, perspective, promises, pulse, views

urlpatterns = [
    path("partnership/<int:partnership_id>/trust/", views.trust, name="trust"),
    path("partnership/<int:partnership_id>/trust/pulse/open/", pulse.open_pulse, name="open_pulse"),
    path("trust/pulse/<int:round_id>/", pulse.pulse, name="pulse"),
    path("trust/pulse/<int:round_id>/about/<int:agency_id>/", pulse.answer_pulse, name="answer_pulse"),
    path("partnership/<int:partnership_id>/trust/promises/", promises.promises, name="promises"),
    path("partnership/<int:partnership_id>/trust/promises/make/", promises.make_promise, name="make_promise"),
    path("trust/promises/<int:promise_id>/", promises.promise, name="promise"),
    path("partnership/<int:partnership_id>/trust/pressures/", perspective.pressures, name="pressures"),
    path("partnership/<int:partnership_id>/trust/pressures/start/", perspective.start_exercise, name="start_exercise"),
    path("trust/pressures/<int:exercise_id>/", perspective.exercise, name="exercise"),
    path("partnership/<int:partnership_id>/trust/differences/", differences.differences, name="differences"),
    path("partnership/<int:partnership_id>/trust/differences/open/", differences.open_difference, name="open_difference"),
    path("trust/differences/<int:disagreement_id>/", differences.difference, name="difference"),
    path("partnership/<int:partnership_id>/trust/expertise/", expertise.decisions, name="asked_expertise"),
]
