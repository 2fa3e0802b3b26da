"""An agreement is exactly what flows: who may take each step, when it starts, lapses, is replaced and ends. On real PostgreSQL, as the web's own role."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.cli.tarnside.setup import TERMS, Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.confidentiality import gate
from alongside.partnerships import actions, queries
from alongside.partnerships.facts import NewTerm, PartyFacts, Signed, Standing
from alongside.partnerships.models import Flow, Party, SharingAgreement

pytestmark = pytest.mark.django_db
BASES = {term.lawful_basis for term in TERMS}
OPEN_TABLES = ("partnership", "partner", "partnership_event", "sharing_agreement", "agreement_party", "agreement_term", "flow", "agreement_event", "information_need")


def shared_with(tarnside: Tarnside, who: str, person: str, purpose: str = "direct_care") -> frozenset[str]:
    with tarnside.acting(who, at=now()) as reader:
        return gate.open_record(reader, tarnside.people[person], purpose=purpose, at=now()).shared_categories


def drafted(tarnside: Tarnside, *, who: str = "sunita", **changes: object) -> SharingAgreement:
    text = replace(queries.text_of(tarnside.agreement_id), title="Meals at home", parties=party_pair(tarnside), **changes)  # type: ignore[arg-type]
    with tarnside.acting(who, at=now()) as drafter:
        return actions.draft_agreement(by=drafter, partnership_id=tarnside.partnership_id, text=text, at=now())


def party_pair(tarnside: Tarnside) -> tuple[PartyFacts, ...]:
    return tuple(PartyFacts(tarnside.agencies[agency].pk, tarnside.practitioners[who].pk) for agency, who in (("adults", "megan"), ("homelink", "peter")))


def renewed(tarnside: Tarnside, *, by: str = "peter") -> SharingAgreement:
    at = now()
    with tarnside.acting(by, at=at) as signatory:
        new = actions.renew_agreement(
            by=signatory, agreement_id=tarnside.agreement_id, starts=at, ends=at + timedelta(days=400), review_on=(at + timedelta(days=300)).date(), bases_in_force=BASES, at=at
        )
        return actions.sign_agreement(by=signatory, agreement_id=new.pk, at=at)


def test_the_named_signatory_and_nobody_else_signs(tarnside: Tarnside) -> None:
    draft = drafted(tarnside)
    with tarnside.acting("sunita", at=now()) as lead:
        actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force=BASES, at=now())
    for who in ("sunita", "joan", "eleanor", "ruth"):
        with pytest.raises(Refused, match="named signatory"), tarnside.acting(who, at=now()) as other:
            actions.sign_agreement(by=other, agreement_id=draft.pk, at=now())
    for who, status in (("megan", "open_for_signature"), ("peter", "in_force")):
        with tarnside.acting(who, at=now()) as signatory:
            assert actions.sign_agreement(by=signatory, agreement_id=draft.pk, at=now()).status == status


@pytest.mark.parametrize("table", OPEN_TABLES)
def test_nobody_writes_what_is_agreed_by_hand(tarnside: Tarnside, table: str) -> None:
    with tarnside.acting("peter", at=now()):
        for sentence in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"INSERT INTO {table} (id) VALUES (0)"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sentence)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT recompute_flows(%s)", [tarnside.agreement_id])


def test_nobody_who_is_not_signed_in_passes_any_door(tarnside: Tarnside) -> None:
    for call in ("sign_agreement(%s, now())", "withdraw_from_agreement(%s, 'x', now())", "end_agreement(%s, 'x', now())", "refuse_agreement(%s, 'x', '', now())", "comment_on_agreement(%s, 'x', now())"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.token', '', true)")
            cursor.execute(f"SELECT {call}", [tarnside.agreement_id])


def test_a_date_given_by_hand_shows_beside_the_database_s_own(tarnside: Tarnside) -> None:
    signed = [event for event in queries.agreement_events(tarnside.agreement_id) if event.what == "signed"]
    assert signed
    assert all(event.recorded_at - event.at > timedelta(days=300) for event in signed)


def test_nobody_signs_for_tomorrow(tarnside: Tarnside) -> None:
    draft = drafted(tarnside)
    with tarnside.acting("sunita", at=now()) as lead:
        actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force=BASES, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.sign_agreement(by=peter, agreement_id=draft.pk, at=now() + timedelta(days=30))
    assert Party.objects.get(agreement=draft, signatory=tarnside.practitioners["peter"]).signed_at <= now()


def test_an_agreement_that_leaves_a_caldicott_principle_unanswered_is_not_opened_for_signature(tarnside: Tarnside) -> None:
    draft = drafted(tarnside, how_people_are_told=" ")
    with tarnside.acting("sunita", at=now()) as lead:
        with pytest.raises(actions.Incomplete) as no:
            actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force=BASES, at=now())
        assert no.value.missing == ("Say how people are told what is shared about them.",)
        actions.change_draft(by=lead, agreement_id=draft.pk, text=replace(queries.text_of(draft.pk), how_people_are_told="By the worker."), at=now())
        actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force=BASES, at=now())
        with pytest.raises(actions.NotNow, match="Only a draft"):
            actions.change_draft(by=lead, agreement_id=draft.pk, text=queries.text_of(draft.pk), at=now())


@pytest.mark.parametrize("term", [NewTerm("no_such_purpose", "education", "public_task"), NewTerm("direct_care", "no_such_thing", "public_task"), NewTerm("direct_care", "education", "magic")])
def test_a_line_that_names_what_is_not_there_is_refused_in_words(tarnside: Tarnside, term: NewTerm) -> None:
    with pytest.raises(actions.NotNow, match="something that is not there"):
        drafted(tarnside, terms=(term,))


def test_a_signatory_of_another_agency_is_refused(tarnside: Tarnside) -> None:
    text = replace(queries.text_of(tarnside.agreement_id), title="Borrowed", parties=(PartyFacts(tarnside.agencies["adults"].pk, tarnside.practitioners["peter"].pk), *party_pair(tarnside)[1:]))
    with pytest.raises(actions.NotNow, match="signatory must work there"), tarnside.acting("sunita", at=now()) as lead:
        actions.draft_agreement(by=lead, partnership_id=tarnside.partnership_id, text=text, at=now())


def test_who_neither_leads_nor_speaks_for_a_partner_drafts_nothing(tarnside: Tarnside) -> None:
    with pytest.raises(Refused, match="drafted by"):
        drafted(tarnside, who="joan")


def test_no_is_said_with_a_reason_and_not_unless_is_no_signature(tarnside: Tarnside) -> None:
    draft = drafted(tarnside)
    with tarnside.acting("sunita", at=now()) as lead:
        actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force=BASES, at=now())
    with tarnside.acting("megan", at=now()) as megan:
        with pytest.raises(actions.NotNow, match="Say why"):
            actions.refuse_agreement(by=megan, agreement_id=draft.pk, reason=" ", at=now())
        actions.sign_agreement(by=megan, agreement_id=draft.pk, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.sign_if(by=peter, agreement_id=draft.pk, condition="Volunteers are trained first.", at=now())
    assert {party.says for party in queries.text_of(draft.pk).parties} == {Signed.YES, Signed.CONDITIONAL}
    assert not Flow.objects.filter(agreement=draft).exists()
    with tarnside.acting("peter", at=now()) as peter:
        actions.sign_agreement(by=peter, agreement_id=draft.pk, at=now())
    assert Flow.objects.filter(agreement=draft).exists()


def test_the_effect_shown_is_what_then_stops(tarnside: Tarnside) -> None:
    homelink = tarnside.agencies["homelink"].pk
    with tarnside.acting("peter", at=now()) as peter:
        before = queries.effect_of_closing(tarnside.partnership_id, at=now(), agreement_id=tarnside.agreement_id, agency_id=homelink)
        live = Flow.objects.filter(ends__gt=now())
        actions.withdraw_from_agreement(by=peter, agreement_id=tarnside.agreement_id, reason="We are closing.", at=now())
        assert {(one.sender, one.receiver) for one in before.stops} == {
            pair for other in tarnside.agencies.values() if other.pk != homelink for pair in ((other.name, "Homelink Tarnside"), ("Homelink Tarnside", other.name))
        }
        assert not [flow for flow in live if homelink in (flow.from_agency_id, flow.to_agency_id)]


def test_a_renewal_takes_the_place_of_the_former_version_between_those_who_have_signed_it(tarnside: Tarnside) -> None:
    new = renewed(tarnside)
    assert new.version == 2
    assert not Flow.objects.filter(agreement=new).exists()
    assert shared_with(tarnside, "joan", "margaret")
    with tarnside.acting("megan", at=now()) as megan:
        actions.sign_agreement(by=megan, agreement_id=new.pk, at=now())
    pair = {tarnside.agencies["adults"].pk, tarnside.agencies["homelink"].pk}
    now_live = Flow.objects.filter(starts__lte=now(), ends__gt=now())
    assert {flow.agreement_id for flow in now_live if {flow.from_agency_id, flow.to_agency_id} == pair} == {new.pk}
    assert {flow.agreement_id for flow in now_live if {flow.from_agency_id, flow.to_agency_id} != pair} == {tarnside.agreement_id}
    assert shared_with(tarnside, "joan", "margaret")


def test_the_former_version_is_replaced_once_all_have_signed_the_next(tarnside: Tarnside) -> None:
    new = renewed(tarnside)
    for party in Party.objects.filter(agreement=new, signed_at__isnull=True):
        who = next(key for key, practitioner in tarnside.practitioners.items() if practitioner.pk == party.signatory_id)
        with tarnside.acting(who, at=now()) as signatory:
            actions.sign_agreement(by=signatory, agreement_id=new.pk, at=now())
    assert SharingAgreement.objects.get(pk=tarnside.agreement_id).status == "replaced"
    assert not Flow.objects.filter(agreement=tarnside.agreement_id, ends__gt=now()).exists()
    assert shared_with(tarnside, "joan", "margaret")


def test_withdrawing_shuts_the_tap_in_every_version(tarnside: Tarnside) -> None:
    new = renewed(tarnside)
    with tarnside.acting("megan", at=now()) as megan:
        actions.sign_agreement(by=megan, agreement_id=new.pk, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.withdraw_from_agreement(by=peter, agreement_id=new.pk, reason="We are closing.", at=now())
    assert not shared_with(tarnside, "joan", "margaret")


def test_only_the_lead_ends_an_agreement_for_everybody(tarnside: Tarnside) -> None:
    with pytest.raises(Refused, match="partnership's lead"), tarnside.acting("peter", at=now()) as peter:
        actions.end_agreement(by=peter, agreement_id=tarnside.agreement_id, reason="Enough.", at=now())
    with tarnside.acting("sunita", at=now()) as lead:
        actions.end_agreement(by=lead, agreement_id=tarnside.agreement_id, reason="We start again.", at=now())
    assert not Flow.objects.exists()
    assert queries.stands(SharingAgreement.objects.get(pk=tarnside.agreement_id), now()) is Standing.ENDED


def test_taking_back_a_version_that_is_not_signed_leaves_the_former_in_force(tarnside: Tarnside) -> None:
    new = renewed(tarnside)
    with tarnside.acting("sunita", at=now()) as lead:
        actions.end_agreement(by=lead, agreement_id=new.pk, reason="Wrong date.", at=now())
    assert shared_with(tarnside, "joan", "margaret")
    assert renewed_again(tarnside, new) == 3


def renewed_again(tarnside: Tarnside, former: SharingAgreement) -> int:
    with tarnside.acting("sunita", at=now()) as lead:
        return actions.draft_agreement(by=lead, partnership_id=tarnside.partnership_id, text=queries.text_of(former.pk), replaces_id=former.pk, at=now()).version


def test_a_guardian_comments_and_a_stranger_to_it_does_not(tarnside: Tarnside) -> None:
    with tarnside.acting("eleanor", at=now()) as guardian:
        actions.comment_on_agreement(by=guardian, agreement_id=tarnside.agreement_id, words="Say who sees it.", at=now())
    with pytest.raises(Refused), tarnside.acting("tom", at=now()) as tom:
        actions.comment_on_agreement(by=tom, agreement_id=tarnside.agreement_id, words="Me too.", at=now())
    assert queries.agreement_events(tarnside.agreement_id)[0].note == "Say who sees it."


def test_leaving_the_partnership_shuts_every_tap_and_ends_every_need(tarnside: Tarnside) -> None:
    homelink = tarnside.agencies["homelink"].pk
    with pytest.raises(Refused), tarnside.acting("joan", at=now()) as joan:
        actions.leave(by=joan, partnership_id=tarnside.partnership_id, agency_id=homelink, reason="Closing", at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.leave(by=peter, partnership_id=tarnside.partnership_id, agency_id=homelink, reason="We are closing.", at=now())
    assert not shared_with(tarnside, "joan", "margaret")
    assert not queries.needs(tarnside.partnership_id).filter(agency_id=homelink).exists()
    with pytest.raises(actions.NotNow, match="left the partnership"), tarnside.acting("peter", at=now()) as peter:
        actions.sign_agreement(by=peter, agreement_id=tarnside.agreement_id, at=now())


def test_sending_a_draft_twice_is_one_draft(tarnside: Tarnside) -> None:
    import uuid

    key, text = uuid.uuid4(), replace(queries.text_of(tarnside.agreement_id), title="Once")
    with tarnside.acting("sunita", at=now()) as lead:
        first, again = (actions.draft_agreement(by=lead, partnership_id=tarnside.partnership_id, text=text, key=key, at=now()) for _ in range(2))
    assert first.pk == again.pk
