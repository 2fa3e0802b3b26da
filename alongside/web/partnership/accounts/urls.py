from django.urls import path

from alongside.web.partnership.accounts import contributing, history, home, importing, outcome, periods, planning, published, spending

BOOK = "partnership/<int:partnership_id>/accounts/"

urlpatterns = [
    path(BOOK, home.accounts, name="accounts"),
    path(f"{BOOK}history/", history.account_history, name="account_history"),
    path(f"{BOOK}lines/", spending.account_lines, name="account_lines"),
    path(f"{BOOK}lines/add/", spending.record_spend, name="record_spend"),
    path(f"{BOOK}lines/<int:line_id>/", spending.account_line, name="account_line"),
    path(f"{BOOK}lines/<int:line_id>/attach/", spending.attach_to_line, name="attach_to_line"),
    path(f"{BOOK}lines/<int:line_id>/allocate/", spending.allocate_line, name="allocate_line"),
    path(f"{BOOK}lines/<int:line_id>/correct/", spending.correct_line, name="correct_line"),
    path(f"{BOOK}papers/<uuid:reference>/", spending.line_paper, name="line_paper"),
    path(f"{BOOK}questions/<int:query_id>/", spending.answer_query, name="answer_query"),
    path(f"{BOOK}contributions/", contributing.account_contributions, name="account_contributions"),
    path(f"{BOOK}contributions/add/", contributing.promise_contribution, name="promise_contribution"),
    path(f"{BOOK}contributions/<int:contribution_id>/", contributing.note_receipt, name="note_receipt"),
    path(f"{BOOK}budget/", planning.set_budget, name="set_budget"),
    path(f"{BOOK}objectives/add/", planning.add_objective, name="add_account_objective"),
    path(f"{BOOK}funds/", planning.pooled_funds, name="pooled_funds"),
    path(f"{BOOK}funds/add/", planning.make_fund, name="make_fund"),
    path(f"{BOOK}cost-centres/", planning.cost_centres, name="cost_centres"),
    path(f"{BOOK}cost-centres/<int:cost_centre_id>/", planning.set_cost_centre, name="set_cost_centre"),
    path(f"{BOOK}suppliers/<int:supplier_id>/", planning.judge_supplier, name="judge_supplier"),
    path(f"{BOOK}import/", importing.import_spend, name="import_spend"),
    path(f"{BOOK}import/<int:import_id>/", importing.spend_import, name="spend_import"),
    path(f"{BOOK}import/<int:import_id>/finish/", importing.finish_import, name="finish_import"),
    path(f"{BOOK}import/<int:import_id>/discard/", importing.discard_import, name="discard_import"),
    path(f"{BOOK}periods/", periods.account_periods, name="account_periods"),
    path(f"{BOOK}periods/add/", periods.open_period, name="open_period"),
    path(f"{BOOK}periods/<int:period_id>/", periods.close_period, name="close_period"),
    path(f"{BOOK}treasurer/", periods.name_treasurer, name="name_treasurer"),
    path(f"{BOOK}outcome/", outcome.account_outcome, name="account_outcome"),
    path(f"{BOOK}outcome/add/", outcome.record_benefit, name="record_benefit"),
    path(f"{BOOK}outcome/<int:benefit_id>/", outcome.judge_benefit, name="judge_benefit"),
    path("about/partnership/<int:partnership_id>/accounts/", published.public_accounts, name="public_accounts"),
]
