"""What came of the money, by how well it is known, beside what it cost; who carries it and who gains."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.open_book import actions, queries
from alongside.open_book.facts import Grade, Level
from alongside.open_book.rules.worth import OVERSTATED
from alongside.partnerships import queries as partnerships
from alongside.partnerships.queries.benefits import benefits
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import Book, fill_in, go, opened, page
from alongside.web.partnership.accounts.forms import GRADES, LEVELS, BenefitForm
from alongside.web.partnership.accounts.planning import objective_choices
from alongside.web.partnership.benefits.forms import STANDS

COLOURS = {Grade.CLAIMED: "grey", Grade.BEFORE_AFTER: "yellow", Grade.MATCHED: "blue", Grade.TRIAL: "green"}
SHORT = {grade: words.partition(":")[0] for grade, words in GRADES.items()}


@board_page()
def account_outcome(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    found = queries.outcome(book.period, today=book.today) if book.period else None
    return page(request, book, "outcome", {"found": found, "grades": SHORT, "colours": COLOURS, "levels": LEVELS, "overstated": OVERSTATED, "stands": STANDS})


@partner_page("GET", "POST")
def record_benefit(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    return benefit_page(request, book, heading="Record what came of it", initial={"benefit": request.GET.get("claim", "")[:20]})


@partner_page("GET", "POST")
def judge_benefit(request: HttpRequest, partnership_id: int, benefit_id: int) -> HttpResponse:
    """A new judgement stands in place of the former, which stays to be read."""
    found = queries.benefit(partnership_id, benefit_id)
    book = opened(request, partnership_id, period_id=found.period_id)
    initial = {name: getattr(found, name) for name in ("outcome", "is_harm", "level", "objective", "units", "gross", "corrected", "cashable", "grade", "evidence")} | {"body": found.body_id, "benefit": found.benefit_id}
    return benefit_page(request, book, heading="Judge it anew", initial=initial, replaces_id=found.pk)


def benefit_page(request: HttpRequest, book: Book, *, heading: str, initial: dict[str, Any], replaces_id: int | None = None) -> HttpResponse:
    bodies = [(one.agency_id, one.agency.name) for one in partnerships.partners(book.pk)]
    claims = [(one.benefit.pk, f"{'Harm: ' if one.benefit.harm else ''}{one.benefit.words}") for one in benefits(book.pk)]
    form = BenefitForm(request.POST or None, claims=claims, objectives=objective_choices(book), bodies=bodies, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            if book.period is None:
                raise actions.NotNow("Open an accounting period first.")
            actions.record_benefit(
                by=request.actor, partnership_id=book.pk, period_id=book.period.pk, outcome=words["outcome"], level=Level(words["level"]), grade=Grade(words["grade"]), evidence=words["evidence"],
                objective=words["objective"], body_id=int(words["body"]) if words["body"] else None, is_harm=words["is_harm"], gross=words["gross"], corrected=words["corrected"], cashable=words["cashable"],
                units=words["units"], replaces_id=replaces_id, benefit_id=int(words["benefit"]) if words["benefit"] else None, at=request.at, key=form.key_given,
            )
        except actions.NotNow as no:
            form.add_error("benefit" if "on the register" in str(no) else None, str(no).rstrip("."))
        else:
            messages.success(request, "Recorded, with how well it is known. On the register it stands beside the claim.")
            return go(book.to("account_outcome", period=True))
    return fill_in(request, book, form, heading=heading, button="Record it", back=book.to("account_outcome", period=True), caption=book.period.name if book.period else "")
