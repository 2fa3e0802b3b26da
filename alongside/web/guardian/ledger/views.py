"""The access ledger as a guardian reads it: whether it stands, who vouches, what a practitioner did, and proofs."""

import json

from django.http import HttpRequest, HttpResponse

from alongside.agencies.queries import practitioners
from alongside.confidentiality.ledger.keys import KeyProblem
from alongside.confidentiality.ledger.proofs import NoProof
from alongside.confidentiality.queries.ledger import check_ledger, ledger_state, lines_of_practitioner, proof_for_guardian
from alongside.web.design.pages import form_page
from alongside.web.entrance import guardian_page
from alongside.web.guardian.ledger.forms import PractitionerForm, ProofForm

ON_A_PAGE = 40


@guardian_page("GET", "POST")
def ledger(request: HttpRequest) -> HttpResponse:
    asked = PractitionerForm(request.GET if "practitioner" in request.GET else None, practitioners=[(one.pk, f"{one.name}, {one.title}, {one.agency.name}") for one in practitioners()])
    before = int(request.GET["before"]) if request.GET.get("before", "").isdecimal() and len(request.GET["before"]) < 19 else None
    lines = lines_of_practitioner(int(asked.cleaned_data["practitioner"]), before=before, limit=ON_A_PAGE) if asked.is_bound and asked.is_valid() else None
    return shown(request, asked=asked, lines=lines, proof=ProofForm(initial={"what": request.GET.get("what", "")}), check=request.method == "POST")


@guardian_page("POST")
def proof(request: HttpRequest) -> HttpResponse:
    """A proof file for bin/verify-ledger."""
    form = ProofForm(request.POST)
    if form.is_valid():
        try:
            bundle = proof_for_guardian(form.cleaned_data["what"].strip())
        except NoProof as none:
            form.add_error("what", f"{str(none).capitalize()}.")
        else:
            return HttpResponse(json.dumps(bundle, indent=1), content_type="application/json", headers={"Content-Disposition": 'attachment; filename="proof.json"'})
    return shown(request, asked=PractitionerForm(practitioners=[(one.pk, f"{one.name}, {one.title}, {one.agency.name}") for one in practitioners()]), lines=None, proof=form, check=False)


def shown(request: HttpRequest, *, asked: PractitionerForm, lines: list | None, proof: ProofForm, check: bool) -> HttpResponse:
    found, problem = None, ""
    if check:
        try:
            found = check_ledger()
        except KeyProblem as no_keys:
            problem = str(no_keys)
    wrong = asked if asked.errors else proof if proof.errors else None
    words = {
        "state": ledger_state(), "asked": asked, "lines": lines, "proof": proof, "check": found, "problem": problem, "at": request.at, "on_a_page": ON_A_PAGE,
        "practitioner": request.GET.get("practitioner", ""),
    } | ({"form": wrong} if wrong else {})
    return form_page(request, "guardian/ledger/ledger.jinja", words)
