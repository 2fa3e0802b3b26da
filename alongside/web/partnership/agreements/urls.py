from django.urls import path

from alongside.web.partnership.agreements import assessing, closing, drafting, reading, signing, trying

urlpatterns = [
    path("agreements/", reading.agreements, name="agreements"),
    path("partnership/<int:partnership_id>/agreements/", reading.agreements, name="agreements_of"),
    path("partnership/<int:partnership_id>/agreements/draft/", drafting.choose_template, name="choose_template"),
    path("partnership/<int:partnership_id>/agreements/draft/<slug:template>/", drafting.draft_agreement, name="draft_agreement"),
    path("agreements/<int:agreement_id>/", reading.agreement, name="agreement"),
    path("agreements/<int:agreement_id>/comment/", reading.comment, name="comment_on_agreement"),
    path("agreements/<int:agreement_id>/edit/", drafting.edit_draft, name="edit_draft"),
    path("agreements/<int:agreement_id>/lines/", drafting.edit_lines, name="edit_lines"),
    path("agreements/<int:agreement_id>/throw-away/", drafting.throw_draft_away, name="throw_draft_away"),
    path("agreements/<int:agreement_id>/open/", drafting.open_for_signature, name="open_for_signature"),
    path("agreements/<int:agreement_id>/change/", drafting.change_agreement, name="change_agreement"),
    path("agreements/<int:agreement_id>/try/", trying.try_agreement, name="try_agreement"),
    path("agreements/<int:agreement_id>/impact-assessment/", assessing.impact_assessment, name="impact_assessment"),
    path("agreements/<int:agreement_id>/impact-assessment/<slug:form>/", assessing.impact_assessment_file, name="impact_assessment_file"),
    path("agreements/<int:agreement_id>/sign/", signing.sign_agreement, name="sign_agreement"),
    path("agreements/<int:agreement_id>/renew/", signing.renew_agreement, name="renew_agreement"),
    path("agreements/<int:agreement_id>/withdraw/", closing.withdraw_from_agreement, name="withdraw_from_agreement"),
    path("agreements/<int:agreement_id>/end/", closing.end_agreement, name="end_agreement"),
]
