"""Benefits and harms at three levels, each with what was found for it and against it: a claim is never shown without that."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.open_book.queries import Counted, counted
from alongside.open_book.queries.worth import PEOPLE
from alongside.partnerships.actions import benefits as act_on
from alongside.partnerships.facts import Finding, Grade, WhoBenefits
from alongside.partnerships.queries import benefits as reading
from alongside.partnerships.rules.benefits import known_claims
from alongside.web.entrance import board_page
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.accounts.forms import GRADES as GRADES_OF_MONEY
from alongside.web.partnership.at_the_table import at_table, fill_in, must, shown
from alongside.web.partnership.benefits.forms import FINDINGS, GRADES, LEVELS, STANDS, ClaimForm, CloseForm, EvidenceForm, StartForm

SHORT = {grade: words.partition(":")[0] for grade, words in GRADES_OF_MONEY.items()}


@board_page()
def benefits(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    rows = reading.benefits(partnership_id)
    tally, found = reading.counts(rows), counted(partnership_id)
    money = {row.benefit.pk: [in_money(one, harm=row.benefit.harm) for one in found.get(row.benefit.pk, ())] for row in rows}
    shelves = [(words, [row for row in rows if row.benefit.level == code]) for code, words in LEVELS.items()]
    table = [[words, *(str(sum(row.stands is stands for row in shelf)) for stands in STANDS)] for words, shelf in shelves]
    return shown(
        request, "partnership/benefits/benefits.jinja", place, rows=rows, shelves=shelves, counted=[(tally[stands], words) for stands, (words, _) in STANDS.items()], table=table,
        head=["To whom", *(words for words, _ in STANDS.values())], stands=STANDS, grades=GRADES, findings=FINDINGS, money=money,
    )


def in_money(one: Counted, *, harm: bool) -> str:
    """What the books say of a claim in one period, with its grade of evidence."""
    facts = one.facts
    if facts.gross is None:
        return f"{one.period}, {SHORT[one.grade].lower()}: {facts.units:,} counted" if facts.units else f"{one.period}, {SHORT[one.grade].lower()}: nothing in figures"
    left = f", of which {pounds(facts.corrected)} is left after what would have happened anyway" if facts.corrected is not None else ""
    return f"{one.period}, {SHORT[one.grade].lower()}: said to {'cost' if harm else 'be worth'} {pounds(facts.gross)} to {facts.body[:1].lower() + facts.body[1:] if facts.body == PEOPLE else facts.body}{left}"


@board_page("GET", "POST")
def claim_benefit(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.partner or place.governs, act_on.ANYBODY_AT_WORK)
    to = reverse("benefits", args=[partnership_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.claim_benefit(by=request.actor, partnership_id=partnership_id, harm=words["harm"] == "yes", level=WhoBenefits(words["level"]), words=words["words"], at=request.at, key=key)

    return fill_in(request, place, ClaimForm(request.POST or None), act, heading="Add a benefit or a harm", said="Added. It is only claimed until somebody puts evidence beside it.", to=to, back=("Benefits and harms", to))


@board_page("GET", "POST")
def start_with_claims(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.governs)
    there, to = {row.benefit.starter for row in reading.benefits(partnership_id)}, reverse("benefits", args=[partnership_id])
    form = StartForm(request.POST or None, known=[one for one in known_claims().values() if one.code not in there])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.start_with_claims(by=request.actor, partnership_id=partnership_id, codes=words["codes"], at=request.at)

    lead = "Claims commonly made for partnerships. Each comes with what was published for it and against it."
    return fill_in(request, place, form, act, heading="Start with claims that are commonly made", lead=lead, said="Added, with what was published about them.", to=to, back=("Benefits and harms", to))


@board_page("GET", "POST")
def add_evidence(request: HttpRequest, benefit_id: int) -> HttpResponse:
    one = reading.benefit(benefit_id)
    place = at_table(request, one.benefit.partnership)
    must((place.partner or place.governs) and not one.benefit.closed_at, act_on.ANYBODY_AT_WORK)
    to = reverse("benefits", args=[place.partnership.pk])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.add_evidence(by=request.actor, benefit=one.benefit, grade=Grade(words["grade"]), finding=Finding(words["finding"]), words=words["words"], source=words["source"], at=request.at, key=key)

    return fill_in(request, place, EvidenceForm(request.POST or None), act, heading="Put evidence beside it", lead=one.benefit.words, said="It stands beside the claim.", to=f"{to}#claim-{benefit_id}", back=("Benefits and harms", to))


@board_page("GET", "POST")
def close_benefit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    one = reading.benefit(benefit_id)
    place = at_table(request, one.benefit.partnership)
    must(place.governs and not one.benefit.closed_at)
    to = reverse("benefits", args=[place.partnership.pk])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.close_benefit(by=request.actor, benefit=one.benefit, because=words["because"], at=request.at)

    return fill_in(request, place, CloseForm(request.POST or None), act, heading="Take it off the register", lead=one.benefit.words, kind="warning", confirm="Take it off", said="Taken off. It stays in the history.", to=to, back=("Benefits and harms", to))
