"""Everybody may say something and read the answer; partners read, those who speak for them answer, and nobody else meets a word of it. On real PostgreSQL, as the web's own role."""

import uuid
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.common.london import london_day
from alongside.confidentiality.gate import acting
from alongside.partnerships.actions import NotNow
from alongside.voice import actions, queries
from alongside.voice.facts import Answer, Characteristic, Claim, ForumKind, NewContribution, NewForum, PopulationRow, Route, Rung, Seat, SeatCount, Verdict
from alongside.voice.models import Contribution, Redaction, Reply

pytestmark = pytest.mark.django_db

SAID = "The bus from North End does not run after six, so my son Danny cannot come home."


def said(tarnside: Tarnside, words: str = SAID, key: uuid.UUID | None = None, forum_id: int | None = None, partnership_id: int | None = None) -> str:
    """Somebody whom nobody knows says something, with nobody signed in."""
    at = now()
    new = NewContribution(Route.WEB, words, at, queries.due_for("england", at), forum_id)
    return actions.have_your_say(partnership_id=partnership_id or tarnside.partnership_id, new=new, key=key or uuid.uuid4(), at=at)


def only(tarnside: Tarnside, who: str = "sunita") -> Contribution:
    with tarnside.acting(who, at=now()):
        return queries.waiting(tarnside.partnership_id)[0]


def replied(tarnside: Tarnside, contribution_id: int, *, by: str = "sunita", verdict: Verdict = Verdict.ADOPTED, key: uuid.UUID | None = None, public: bool = True, heard: str = "Buses stop at six.") -> int:
    by_when = london_day(now()) + timedelta(days=30) if verdict is not Verdict.NOT else None
    with tarnside.acting(by, at=now()) as actor:
        return actions.answer(by=actor, contribution_id=contribution_id, answer=Answer(verdict, heard, "Two more buses are paid for.", by_when, public), key=key or uuid.uuid4(), at=now())


def forum(tarnside: Tarnside, *, name: str = "Board", closes: date | None = None, by: str = "sunita") -> int:
    with tarnside.acting(by, at=now()) as actor:
        opens = london_day(now()) - timedelta(days=30)
        return actions.open_forum(by=actor, partnership_id=tarnside.partnership_id, new=NewForum(ForumKind.BOARD, name, "What we do.", opens, closes), key=uuid.uuid4(), at=now())


def test_whoever_says_something_reads_the_answer_with_their_reference_and_no_account(tarnside: Tarnside) -> None:
    reference = said(tarnside)
    asked = queries.by_reference(reference)
    assert asked and asked["words"] == SAID and asked["replies"] == [] and asked["due_at"] > now()
    replied(tarnside, only(tarnside).pk)
    told = queries.by_reference(reference)
    assert told and told["replies"][0]["verdict"] == "adopted" and told["replies"][0]["by_when"] > london_day(now())
    assert queries.by_reference(actions.new_reference()) is None


def test_saying_it_twice_with_one_key_is_one_contribution(tarnside: Tarnside) -> None:
    key = uuid.uuid4()
    assert said(tarnside, key=key) == said(tarnside, key=key)
    with tarnside.acting("sunita", at=now()):
        assert Contribution.objects.count() == 1


def test_nobody_who_is_no_partner_meets_a_word_of_it(tarnside: Tarnside) -> None:
    said(tarnside)
    found = only(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        from alongside.partnerships import actions as partnerships

        partnerships.leave(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["police"].pk, reason="Leaves", at=now())
    with tarnside.acting("lewis", at=now()):
        assert Contribution.objects.count() == 0
        with pytest.raises(NotKnown):
            queries.contribution(tarnside.partnership_id, found.pk)


def test_who_speaks_for_no_partner_reads_but_does_not_answer(tarnside: Tarnside) -> None:
    said(tarnside)
    found = only(tarnside, "amina")
    with pytest.raises(Refused, match="speaks for a partner"):
        replied(tarnside, found.pk, by="amina")
    assert replied(tarnside, found.pk, by="peter")


def test_an_answer_says_by_when_and_stops_the_clock_once(tarnside: Tarnside) -> None:
    said(tarnside)
    found, key = only(tarnside), uuid.uuid4()
    with pytest.raises(NotNow, match="by when"), tarnside.acting("sunita", at=now()) as sunita:
        actions.answer(by=sunita, contribution_id=found.pk, answer=Answer(Verdict.PARTLY, "Buses", "Soon."), key=uuid.uuid4(), at=now())
    assert replied(tarnside, found.pk, key=key) == replied(tarnside, found.pk, key=key)
    with tarnside.acting("sunita", at=now()):
        stopped = Contribution.objects.get().answered_at
    replied(tarnside, found.pk, verdict=Verdict.NOT)
    with tarnside.acting("sunita", at=now()):
        assert Contribution.objects.get().answered_at == stopped
        assert [reply.verdict for reply in Reply.objects.order_by("pk")] == ["adopted", "not"], "what was said first stays"
        assert queries.waiting(tarnside.partnership_id) == []


def test_what_was_said_on_paper_is_marked_as_typed_in_and_keeps_the_form_s_reference(tarnside: Tarnside) -> None:
    reference, at = actions.new_reference(), now()
    new = NewContribution(Route.PAPER, "Longer visits, please.", at - timedelta(days=3), queries.due_for("england", at), seat=Seat.CARER, exact=False)
    with tarnside.acting("joan", at=at) as joan:
        assert actions.type_in(by=joan, partnership_id=tarnside.partnership_id, new=new, key=uuid.uuid4(), at=at, reference=reference) == reference
        found = queries.waiting(tarnside.partnership_id)[0]
        assert (found.typed_by_id, found.route, found.exact) == (tarnside.practitioners["joan"].pk, "paper", False)
        with pytest.raises(NotNow, match="has been used"):
            actions.type_in(by=joan, partnership_id=tarnside.partnership_id, new=new, key=uuid.uuid4(), at=at, reference=reference)


def test_a_practitioner_who_writes_on_the_public_page_is_not_written_down(tarnside: Tarnside) -> None:
    with tarnside.acting("amina", at=now()):
        said(tarnside)
    assert only(tarnside).typed_by_id is None


def test_a_closed_consultation_takes_nothing_more_and_a_refused_partnership_nothing_at_all(tarnside: Tarnside) -> None:
    closed = forum(tarnside, name="Last year", closes=london_day(now()) - timedelta(days=10))
    with pytest.raises(NotNow, match="has closed"):
        said(tarnside, forum_id=closed)
    from alongside.cli.tarnside.partnerships import found_the_others

    potential = found_the_others(tarnside, at=now())["one_view"]
    with pytest.raises(NotNow, match="not at work"):
        said(tarnside, partnership_id=potential)


def test_the_lead_takes_a_name_out_and_it_is_kept_nowhere(tarnside: Tarnside) -> None:
    reference = said(tarnside)
    found = only(tarnside)
    with pytest.raises(Refused, match="Only the partnership's lead"), tarnside.acting("peter", at=now()) as peter:
        actions.redact(by=peter, contribution_id=found.pk, passage="Danny", why="A child's name", at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        assert actions.redact(by=sunita, contribution_id=found.pk, passage="my son Danny", why="A child's name", at=now()) == len("my son Danny")
        with pytest.raises(NotNow, match="do not stand there"):
            actions.redact(by=sunita, contribution_id=found.pk, passage="Danny", why="A child's name", at=now())
        trace = Redaction.objects.get()
        assert (trace.characters, trace.by_id, trace.why) == (12, tarnside.practitioners["sunita"].pk, "A child's name")
    told = queries.by_reference(reference)
    assert told and told["taken_out"] and "Danny" not in str(told) and "[taken out]" in str(told["words"])


def test_the_public_reads_the_partnership_s_line_and_never_the_words(tarnside: Tarnside) -> None:
    said(tarnside)
    first = only(tarnside).pk
    replied(tarnside, first)
    said(tarnside, words="Something else about Danny.")
    replied(tarnside, only(tarnside).pk, public=False, heard="Kept between us")
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.say_what_changed(by=sunita, contribution_id=first, what="The 6 runs until nine.", done_on=london_day(now()), key=uuid.uuid4(), at=now())
    published = queries.what_changed(tarnside.partnership_id)
    assert [(one.heard, one.changed) for one in published] == [("Buses stop at six.", "The 6 runs until nine.")]
    assert "Danny" not in str(published)
    log = queries.reply_log(tarnside.partnership_id, since=now() - timedelta(days=1), at=now())
    assert (log.received, log.owed, log.answered, log.in_time, log.adopted) == (2, 2, 2, 2, 2)


def test_what_was_refused_has_changed_nothing(tarnside: Tarnside) -> None:
    said(tarnside)
    found = only(tarnside)
    replied(tarnside, found.pk, verdict=Verdict.NOT)
    with pytest.raises(NotNow, match="only what was adopted"), tarnside.acting("sunita", at=now()) as sunita:
        actions.say_what_changed(by=sunita, contribution_id=found.pk, what="All is well.", done_on=london_day(now()), key=uuid.uuid4(), at=now())


def test_the_newest_profile_and_population_of_each_characteristic_hold(tarnside: Tarnside) -> None:
    board, today = forum(tarnside), london_day(now())
    with tarnside.acting("sunita", at=now()) as sunita:
        words = {"by": sunita, "forum_id": board, "at": now()}
        actions.record_profile(taken_on=today - timedelta(days=9), counts={Characteristic.SEX: {"female": 3, "male": 9}, Characteristic.CARER: {"carer": 1, "not_carer": 11}}, key=uuid.uuid4(), **words)
        actions.record_profile(taken_on=today, counts={Characteristic.SEX: {"female": 6}}, key=uuid.uuid4(), **words)
        for people in (100, 200):
            rows = [PopulationRow(Characteristic.SEX, "female", people, "Census 2021", date(2021, 3, 21))]
            key = uuid.uuid4()
            assert actions.bring_in_population(by=sunita, partnership_id=tarnside.partnership_id, rows=rows, key=key, at=now()) == 1
            assert actions.bring_in_population(by=sunita, partnership_id=tarnside.partnership_id, rows=rows, key=key, at=now()) == 0
        found = queries.profile_of(board)
        assert (found[Characteristic.SEX].counts, found[Characteristic.CARER].counts) == ({"female": 6}, {"carer": 1, "not_carer": 11})
        assert queries.population_of(tarnside.partnership_id)[Characteristic.SEX].counts == {"female": 200}


def test_the_silent_are_on_record_and_nothing_more_is_adopted_than_was_proposed(tarnside: Tarnside) -> None:
    board = forum(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        counts = [SeatCount(Seat.PROFESSIONAL, (2, 14, 9), proposals=4, adopted=3), SeatCount(Seat.LIVED, (0, 1, 0, 0), written=2, proposals=1)]
        actions.record_sitting(by=sunita, forum_id=board, label="November", held_on=london_day(now()), counts=counts, key=uuid.uuid4(), at=now())
        with pytest.raises(NotNow, match="none of this partnership"):
            actions.record_sitting(by=sunita, forum_id=board, label="Elsewhere", held_on=london_day(now()), counts=counts, key=uuid.uuid4(), at=now(), meeting_id=987654321)
        (_, kept), *_ = queries.sittings([board])[board]
        assert [(one.seat, one.turns, one.members) for one in kept] == [("professional", (14, 9, 2), 3), ("lived_experience", (1, 0, 0, 0), 4)]
        assert actions.claim_rung(by=sunita, forum_id=board, claim=Claim(Rung.PARTNERSHIP, 2, 9), at=now()) == actions.claim_rung(by=sunita, forum_id=board, claim=Claim(Rung.PARTNERSHIP, 2, 9), at=now())
        assert queries.claim_of(queries.forum(tarnside.partnership_id, board)) == Claim(Rung.PARTNERSHIP, 2, 9)


@pytest.mark.parametrize("change", ["UPDATE voice_contribution SET words = ''", "DELETE FROM voice_reply", "INSERT INTO voice_redaction DEFAULT VALUES", "SELECT keep_contribution('{}', 1, now())"])
def test_the_web_s_own_role_writes_none_of_it_by_hand(tarnside: Tarnside, change: str) -> None:
    with acting(tarnside.tokens["sunita"], at=now()), pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_no_door_of_the_database_changes_or_deletes_what_was_said(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    rights = as_owner.execute(
        "SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = 'alongside_definer' AND table_name LIKE 'voice%' AND privilege_type IN ('UPDATE', 'DELETE')"
    ).fetchall()
    assert rights == []
