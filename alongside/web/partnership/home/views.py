"""A partnership's home: what needs a decision now, what is agreed and until when, who belongs, and how partners answer each other."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.partnerships import queries
from alongside.partnerships.facts import Signed, Standing
from alongside.partnerships.queries.board import own_seats
from alongside.partnerships.queries.endings import former_partnerships, over
from alongside.partnerships.rules.agreements import lapse_warning
from alongside.web.design.formats import day_of
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import board_page
from alongside.web.partnership.answers import answers_of
from alongside.web.partnership.sections import SECTIONS
from alongside.web.partnership.table import at_home, choices, in_this_one, lead_frame
from alongside.web.partnership.waiting import YOURS, what_waits
from alongside.web.partnership.wording import EVENTS, STANDINGS


@board_page()
def partnership_home(request: HttpRequest, partnership_id: int | None = None) -> HttpResponse:
    lead_frame(request)
    at, works_here = request.at, request.actor.is_practitioner
    own = queries.partnerships_of(request.actor) if works_here else [one.partnership for one in own_seats()]
    one_of_them = queries.partnership if works_here else queries.partnership_i_sit_with
    found = at_home(own) if partnership_id is None else next((one for one in own if one.pk == partnership_id), None) or one_of_them(partnership_id)
    in_this_one(request, found)
    former = None if found in own else next((one for one in former_partnerships(request.actor.agency_id) if one.partnership == found), None)
    may = queries.standings(request.actor, found.pk)
    agreements = queries.agreements(found.pk, drafts=may.drafts)
    partners = queries.partners(found.pk)
    mine, waits = found in own or not works_here or bool(former and former.ended), what_waits(request.actor, found, at)
    waiting = sorted([*(decisions(request.actor, agreements, at) if works_here and not over(found, at) else []), *waits.rows], key=lambda row: (row.state != YOURS, day_of(row.due) if row.due else date.max))
    return render(
        request, "partnership/home/home.jinja",
        {
            "partnership": found, "may": may, "partners": partners, "mine": mine, "decisions": waiting, "agreements": [row_of(one, at) for one in agreements],
            "answers": answers_of(request.actor, [(partner.agency_id, partner.agency.name) for partner in partners], at=at) if found in own and works_here else None,
            "needs": waits.needs, "events": queries.events(found.pk, limit=8), "words": EVENTS, "at": at, "works_here": works_here, "over": over(found, at),
            "sections": [one for one in SECTIONS if works_here or not one.partners_only],
            "choices": choices(own, found, "partnership_of"), "ends": found.ends if found.ends and not over(found, at) else None, "left": former if former and not former.ended else None,
        },
    )


def decisions(actor: object, agreements: list[object], at: datetime) -> list[WorkRow]:
    """What of the agreements waits for this reader's signature, lapses, is to be reviewed, or waits for others."""
    newest = {one.title: one.version for one in sorted(agreements, key=lambda one: one.version) if one.status != "ended"}
    return [row for one in agreements for row in decisions_on(one, actor, at, followed=newest.get(one.title, 0) > one.version)]


def decisions_on(one: object, actor: object, at: datetime, *, followed: bool) -> list[WorkRow]:
    stands, href, rows = queries.stands(one, at), reverse("agreement", args=[one.pk]), []
    parties = [(party, queries.party_facts(party).says) for party in one.parties.all()]
    unsigned = [party for party, says in parties if says in (Signed.NOT_YET, Signed.CONDITIONAL)]
    if stands in (Standing.OPEN, Standing.IN_FORCE, Standing.NOT_YET) and any(party.signatory_id == actor.practitioner_id for party in unsigned):
        rows.append(WorkRow(f"Sign: {one.title}", reverse("sign_agreement", args=[one.pk]), one.ends, f"Version {one.version} waits for your signature", state=YOURS, colour="blue"))
    elif unsigned and stands is Standing.OPEN:
        rows.append(WorkRow(one.title, href, None, f"Not yet signed by {len(unsigned)} of {len(parties)}", state="Open for signature", colour="yellow"))
    if stands is Standing.IN_FORCE and lapse_warning(one.ends, at) and not followed:
        rows.append(WorkRow(f"Lapses in {(one.ends - at).days} days: {one.title}", href, one.ends, "Renew, change or end it", state=f"Under {lapse_warning(one.ends, at)} days", colour="orange"))
    if stands is Standing.LAPSED and not followed:
        rows.append(WorkRow(f"Lapsed: {one.title}", href, one.ends, "Nothing flows under it", state="Lapsed", colour="red"))
    if stands is Standing.IN_FORCE and one.review_on <= at.date():
        rows.append(WorkRow(f"Look again at: {one.title}", href, one.review_on, "Its day of review has come", state="Review", colour="yellow"))
    if stands is Standing.DRAFT:
        rows.append(WorkRow(one.title, href, None, f"Version {one.version} is being drafted", state="Draft", colour="grey"))
    return rows


def row_of(one: object, at: datetime) -> dict[str, object]:
    says = [queries.party_facts(party).says for party in one.parties.all()]
    stands = queries.stands(one, at)
    return {
        "agreement": one, "words": STANDINGS[stands], "signed": sum(word is Signed.YES for word in says), "parties": len(says), "flows": stands is Standing.IN_FORCE,
        "warning": lapse_warning(one.ends, at) if stands is Standing.IN_FORCE else None, "over": stands in (Standing.ENDED, Standing.REPLACED),
    }
