from django.urls import path

from alongside.web.partnership.framework import comparing, deciding, filling_in, reporting, runs

urlpatterns = [
    path("partnership/<int:partnership_id>/framework/", runs.framework_runs, name="framework_runs"),
    path("partnership/<int:partnership_id>/framework/start/", runs.start_run, name="start_run"),
    path("partnership/<int:partnership_id>/behaviour/", comparing.behaviour, name="behaviour"),
    path("framework/<int:run_id>/", runs.framework_run, name="framework_run"),
    path("framework/<int:run_id>/gates/", filling_in.answer_gates, name="answer_gates"),
    path("framework/<int:run_id>/my-scores/", filling_in.my_scores, name="my_scores"),
    path("framework/<int:run_id>/compare/", comparing.compare, name="compare"),
    path("framework/<int:run_id>/recommend/", deciding.recommend, name="recommend"),
    path("framework/<int:run_id>/decide/", deciding.decide, name="decide"),
    path("framework/<int:run_id>/add-condition/", deciding.add_condition, name="add_condition"),
    path("framework/<int:run_id>/break-off/", runs.break_off_run, name="break_off_run"),
    path("framework/<int:run_id>/report/", reporting.run_report, name="run_report"),
    path("framework/<int:run_id>/report/<slug:form>/", reporting.run_report_file, name="run_report_file"),
    path("framework/conditions/<int:condition_id>/meet/", deciding.meet_condition, name="meet_condition"),
]
