"""A potential partnership is tested, an existing one examined: nobody's score is seen before the reveal, a red gate stops everything, more than half decide, dissent stays."""

import copy
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.agencies.models import Practitioner
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.framework import actions, queries
from alongside.framework.facts import Answer, Option
from alongside.framework.models import Run, Score, ScoreSheet
from alongside.framework.rules.guidance import editions
from alongside.framework.rules.said import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD
from alongside.partnerships.models import Partnership

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIGHT = {"money": 0, "duty": 0, "safeguarding": 0, "people": 1, "leaving": 0, "priority": 0}
TABLES = ("guidance", "guidance_review", "guidance_hand_over", "framework_run", "gate_answer", "score_sheet", "score", "recommendation", "recommendation_vote", "run_condition", "behaviour_figure", "partner_answers")
WITHOUT = {Option.DO_NOT: "Each agency goes on alone.", Option.END: "Each agency goes on alone."}


class Place:
    """Tarnside with guidance published, and the proposal of three agencies: housing leads, police and school would join."""

    def __init__(self) -> None:
        self.at = now()
        self.made: Tarnside = set_up(at=self.at)
        self.ids = found_the_others(self.made, at=self.at)
        with self.made.acting("sunita", at=self.at) as sunita:
            self.guidance = actions.publish_guidance(by=sunita, text=editions()["2026"], what_changed="First of its kind.", review_on=(self.at + 300 * DAY).date(), at=self.at)

    def begin(self, who: str = "nadia", place: str = "one_view", due: datetime | None = None, answers: Mapping[str, int] = LIGHT) -> Run:
        with self.made.acting(who, at=self.at) as by:
            return actions.start_run(by=by, partnership_id=self.ids[place], guidance=self.guidance, answers=answers, scores_due=due or self.at + 14 * DAY, at=self.at)

    def gates(self, run: Run, who: str = "nadia", **answers: Answer) -> None:
        with self.made.acting(who, at=self.at) as by:
            for state in queries.gates(run):
                actions.answer_gate(by=by, run_id=run.pk, gate=state.gate.id, answer=answers.get(state.gate.id, Answer.YES), evidence="Minute of 3 May", at=self.at)

    def scores(self, run: Run, *who: str, value: int = 4, note: str = "") -> None:
        for one in who:
            with self.made.acting(one, at=self.at) as by:
                asked = [statement.id for statement in queries.statements_at(queries.text_of_run(run), run.depth)]
                actions.save_scores(by=by, run_id=run.pk, scores=dict.fromkeys(asked, value), notes=dict.fromkeys(asked, note), send_in=True, at=self.at)

    def recommend(self, run: Run, option: Option, who: str = "nadia") -> int:
        with self.made.acting(who, at=self.at) as by:
            return actions.recommend(by=by, run_id=run.pk, option=option, reasons="As the gates say.", considered=WITHOUT, at=self.at)

    def vote(self, run: Run, who: str, *, agrees: bool = True, reason: str = "") -> str:
        with self.made.acting(who, at=self.at) as by:
            stands = queries.standing(queries.recommendations(run))
            return actions.vote(by=by, run_id=run.pk, recommendation_id=stands.pk, agrees=agrees, reason=reason, at=self.at)

    def stage(self, place: str = "one_view") -> str:
        return Partnership.objects.get(pk=self.ids[place]).stage


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Place]], Place]) -> Place:
    return begins_with(Place)


@pytest.fixture
def place(as_told: Place, db: None) -> Place:
    return copy.deepcopy(as_told)


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


# -- scores are private until the reveal --------------------------------------------------------------------------------------------------


def test_nobody_reads_another_s_score_before_the_reveal_not_even_the_lead(place: Place) -> None:
    run = place.begin()
    place.scores(run, "moira", "grace", value=2, note="We were never asked.")
    for who in ("nadia", "lewis", "grace", "sunita"):
        with place.made.acting(who, at=place.at) as reader:
            assert not Score.objects.exclude(sheet__scorer_id=reader.practitioner_id).exists(), who
            assert not ScoreSheet.objects.exclude(scorer_id=reader.practitioner_id).exists(), who
            for call in ("said_in", "notes_of"):
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM {call}(%s)", [run.pk])
                    assert cursor.fetchone()[0] == 0, (who, call)
    with place.made.acting("nadia", at=place.at):
        assert [(sheet.agency, sheet.sent_in) for sheet in queries.sheets(run)] == [("Millbrook Primary School", True), ("Tarnside Council Housing", False), ("Tarnside Police", True)]
        assert all(one.mean is None for one in queries.said(run, 3))


def test_the_last_sheet_reveals_them_all_and_still_not_whose_they_are(place: Place) -> None:
    run = place.begin()
    place.scores(run, "moira", "grace", value=2, note="We were never asked.")
    place.scores(run, "nadia", value=4)
    with place.made.acting("nadia", at=place.at):
        run = queries.run(run.pk)
        assert run.revealed_at is not None
        trust = next(one for one in queries.said(run, 3) if one.principle.id == "trust")
        assert (trust.n, trust.mean) == (3, 2.7), "of three the mean, to a tenth"
        assert (trust.low, trust.high, trust.agreement, trust.counts) == (None, None, None, (0, 0, 0, 0)), "and never how it is spread: who knows their own score would know another's"
        assert queries.notes_of(run)["trust_bad_news"] == ["We were never asked."] * 2
        assert not Score.objects.exclude(sheet__scorer_id=place.made.practitioners["nadia"].pk).exists()


HOME = ("megan", "kofi", "ruth", "sam", "peter")


def test_of_five_partners_the_spread_is_told_and_of_a_statement_that_four_scored_it_is_not(place: Place) -> None:
    run = place.begin("megan", "home", answers=dict.fromkeys(LIGHT, 3))
    for who in HOME:
        with place.made.acting(who, at=place.at) as by:
            asked = [statement.id for statement in queries.statements_at(queries.text_of_run(run), run.depth)]
            scores = dict.fromkeys(asked, 3) | {"trust_word": 1 if who == "peter" else 4, "trust_bad_news": None if who == "sam" else 2}
            actions.save_scores(by=by, run_id=run.pk, scores=scores, send_in=True, at=place.at)
    with place.made.acting("kofi", at=place.at):
        run = queries.run(run.pk)
        trust, told = next(one for one in queries.said(run, 5) if one.principle.id == "trust"), queries.told(run)
        assert told.statements["trust_word"] == {1: 1, 4: 4}
        assert "trust_bad_news" not in told.statements
        assert (trust.n, trust.low, trust.high) == (5, 1, 4)
        assert trust.counts[1] == 0, "nor is it found by taking the others from the whole"


def test_rule_and_database_agree_from_how_many_raters_anything_is_told(place: Place) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fewest_for_mean(), fewest_for_spread()")
        assert cursor.fetchone() == (FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD)


def test_after_the_reveal_no_score_is_added_or_changed(place: Place) -> None:
    run = place.begin()
    place.scores(run, "moira", "grace", "nadia")
    with pytest.raises(actions.NotNow, match="revealed"):
        place.scores(run, "moira", value=1)


@pytest.mark.django_db(transaction=True)
def test_a_day_that_has_passed_reveals_what_came_in_and_names_who_did_not_by_role(place: Place) -> None:
    run = place.begin(due=now() + timedelta(seconds=2))
    place.scores(run, "moira", value=1)
    with place.made.acting("nadia", at=place.at), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM said_in(%s)", [run.pk])
        assert cursor.fetchone()[0] == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(2.1)")
    with pytest.raises(actions.NotNow, match="revealed"):
        place.scores(run, "grace")
    with place.made.acting("nadia", at=place.at):
        trust = next(one for one in queries.said(run, 3) if one.principle.id == "trust")
        assert (trust.n, trust.mean) == (1, None), "the mean of one is that one's score"
        assert queries.notes_of(run) == {}
        assert [(sheet.agency, sheet.role) for sheet in queries.sheets(run) if not sheet.sent_in] == [
            ("Millbrook Primary School", "whoever manages Safeguarding Leads"), ("Tarnside Council Housing", "whoever manages Housing Officers"),
        ]


def test_one_scores_for_an_agency_and_a_colleague_neither_sees_nor_changes_it(place: Place) -> None:
    run = place.begin()
    place.scores(run, "moira")
    with pytest.raises(Refused, match="those who speak for its partners"):
        place.scores(run, "lewis")
    with pytest.raises(Refused, match="those who speak for its partners"):
        place.scores(run, "megan")


def test_a_sheet_is_sent_in_whole(place: Place) -> None:
    run = place.begin()
    with place.made.acting("moira", at=place.at) as moira:
        assert not actions.save_scores(by=moira, run_id=run.pk, scores={"need_us": 3}, at=place.at)
        with pytest.raises(actions.NotNow, match="every statement"):
            actions.save_scores(by=moira, run_id=run.pk, scores={"trust_bad_news": None}, send_in=True, at=place.at)
        with pytest.raises(actions.NotNow, match="not asked here"):
            actions.save_scores(by=moira, run_id=run.pk, scores={"trust_word": 3}, at=place.at)


# -- gates --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", ["basis", "sharing", "owner", "ending"])
def test_a_red_gate_stops_going_ahead_whatever_the_scores_add_up_to(place: Place, gate: str) -> None:
    run = place.begin()
    place.gates(run, **{gate: Answer.NO})
    place.scores(run, "moira", "grace", "nadia", value=4)
    for option in (Option.GO_AHEAD, Option.GO_AHEAD_IF):
        with pytest.raises(actions.NotNow, match="red gate"):
            place.recommend(run, option)
    assert place.recommend(run, Option.DO_NOT)


def test_a_gate_that_turns_red_after_the_recommendation_stops_the_decision(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.GO_AHEAD)
    assert place.vote(run, "nadia") == "said"
    place.gates(run, "moira", sharing=Answer.NO)
    with pytest.raises(actions.NotNow, match="Basis for sharing"):
        place.vote(run, "moira")
    assert place.stage() == "potential"


def test_nothing_goes_ahead_with_a_gate_unanswered_or_without_evidence(place: Place) -> None:
    run = place.begin()
    place.scores(run, "moira", "grace", "nadia")
    with pytest.raises(actions.NotNow, match="Still open"):
        place.recommend(run, Option.GO_AHEAD)
    with pytest.raises(actions.NotNow, match="supports it"), place.made.acting("nadia", at=place.at) as nadia:
        actions.answer_gate(by=nadia, run_id=run.pk, gate="owner", answer=Answer.YES, evidence=" ", at=place.at)


def test_a_new_answer_stands_beside_the_former_and_the_same_again_changes_nothing(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.gates(run, owner=Answer.NO)
    with place.made.acting("nadia", at=place.at):
        assert rows("gate_answer") == len(queries.gates(run)) + 1
        assert {state.gate.id for state in queries.gates(run) if state.answer is Answer.NO} == {"owner"}


# -- the decision -------------------------------------------------------------------------------------------------------------------------


def test_more_than_half_say_do_not_and_the_partnership_is_refused_in_the_same_moment(place: Place) -> None:
    run = place.begin()
    place.gates(run, sharing=Answer.NO)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.DO_NOT)
    assert place.vote(run, "moira") == "said"
    assert place.stage() == "potential"
    assert place.vote(run, "grace") == "decided"
    assert place.stage() == "refused"
    assert place.vote(run, "nadia", agrees=False, reason="We lose a year.") == "said"
    with place.made.acting("lewis", at=place.at):
        found = queries.recommendations(queries.run(run.pk))[0]
        assert [(vote.agrees, vote.reason) for vote in found.votes.all()][-1] == (False, "We lose a year.")
        assert queries.run(run.pk).decision == "do_not"


def test_going_ahead_starts_it(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.GO_AHEAD)
    assert [place.vote(run, who) for who in ("moira", "nadia")] == ["said", "decided"]
    assert place.stage() == "active"


def test_under_conditions_it_starts_when_the_last_is_met(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.GO_AHEAD_IF)
    with pytest.raises(actions.NotNow, match="No condition"):
        place.vote(run, "moira")
    due = (place.at + 30 * DAY).date()
    with place.made.acting("nadia", at=place.at) as nadia:
        for words, agency in (("A named owner", "housing"), ("A privacy notice", "school")):
            actions.add_condition(by=nadia, run_id=run.pk, words=words, agency_id=place.made.agencies[agency].pk, due_on=due, at=place.at)
    place.vote(run, "moira")
    with pytest.raises(actions.NotNow, match="begun to decide"), place.made.acting("nadia", at=place.at) as nadia:
        actions.add_condition(by=nadia, run_id=run.pk, words="One more", agency_id=place.made.agencies["school"].pk, due_on=due, at=place.at)
    assert place.vote(run, "nadia") == "decided"
    with place.made.acting("nadia", at=place.at):
        waiting = queries.open_conditions(place.ids["one_view"])
    assert [one.words for one in waiting] == ["A named owner", "A privacy notice"]
    with pytest.raises(Refused, match="belongs to"), place.made.acting("moira", at=place.at) as moira:
        actions.meet_condition(by=moira, condition_id=waiting[1].pk, evidence="Seen", at=place.at)
    for who, one, stage in (("nadia", waiting[0], "potential"), ("grace", waiting[1], "active")):
        with place.made.acting(who, at=place.at) as by:
            assert actions.meet_condition(by=by, condition_id=one.pk, evidence="Minute 4", at=place.at)
            assert not actions.meet_condition(by=by, condition_id=one.pk, evidence="Minute 4", at=place.at)
        assert place.stage() == stage


def test_half_against_and_the_recommendation_falls_and_another_can_be_made(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.GO_AHEAD)
    with pytest.raises(actions.NotNow, match="Say why"):
        place.vote(run, "moira", agrees=False)
    assert [place.vote(run, who, agrees=False, reason="Not like this.") for who in ("moira", "grace")] == ["said", "fell"]
    assert place.stage() == "potential"
    assert place.recommend(run, Option.ANOTHER_WAY)
    assert [place.vote(run, who) for who in ("moira", "grace")] == ["said", "decided"]
    assert place.stage() == "potential"


def test_a_partner_speaks_once_and_through_whoever_speaks_for_it(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    place.scores(run, "moira", "grace", "nadia")
    place.recommend(run, Option.GO_AHEAD)
    place.vote(run, "moira")
    assert place.vote(run, "moira") == "said"
    with pytest.raises(actions.NotNow, match="has spoken"):
        place.vote(run, "moira", agrees=False, reason="On second thoughts.")
    for who in ("lewis", "tom"):
        with pytest.raises(Refused):
            place.vote(run, who)


def test_nothing_is_recommended_before_the_reveal_or_without_weighing_not_doing_it(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    with pytest.raises(actions.NotNow, match="every partner has scored"):
        place.recommend(run, Option.GO_AHEAD)
    place.scores(run, "moira", "grace", "nadia")
    with pytest.raises(actions.NotNow, match="always one of the options"), place.made.acting("nadia", at=place.at) as nadia:
        actions.recommend(by=nadia, run_id=run.pk, option=Option.GO_AHEAD, reasons="Yes", considered={}, at=place.at)
    with pytest.raises(actions.NotNow, match="cannot be recommended here"):
        place.recommend(run, Option.CARRY_ON)


# -- who, and by which guidance -----------------------------------------------------------------------------------------------------------


def test_one_at_a_time_and_only_by_those_who_take_part(place: Place) -> None:
    run = place.begin()
    with pytest.raises(actions.NotNow, match="going on already"):
        place.begin("moira")
    with pytest.raises(Refused):
        place.begin("lewis", "evenings")
    with pytest.raises(Refused, match="lead"), place.made.acting("grace", at=place.at) as grace:
        actions.close_run(by=grace, run_id=run.pk, because="No time", at=place.at)
    with place.made.acting("nadia", at=place.at) as nadia:
        actions.close_run(by=nadia, run_id=run.pk, because="No time", at=place.at)
    assert place.begin("moira").kind == "test"
    assert place.begin("moira", "evenings").kind == "examine"


def test_a_run_is_hidden_from_everybody_outside_the_partnership(place: Place) -> None:
    run = place.begin()
    place.gates(run)
    with place.made.acting("megan", at=place.at), pytest.raises(NotKnown):
        queries.run(run.pk)
    with place.made.acting("megan", at=place.at):
        assert rows("framework_run") == rows("gate_answer") == 0
        assert queries.sheets(run) == []


@pytest.mark.parametrize("table", TABLES)
def test_nobody_writes_any_of_it_by_hand(place: Place, table: str) -> None:
    with place.made.acting("sunita", at=place.at):
        for sentence in (f"UPDATE {table} SET {'agency_id = agency_id' if table == 'partner_answers' else 'id = id'}", f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sentence)


@pytest.mark.parametrize("call", ["move_stage(1, 'active', '', now())", "count_sharing('2026-01-01', '2026-01-02', ARRAY[1.0], ARRAY['visit'])", "assessed_again(1, ARRAY['visit'], now())", "reveal_due_runs()"])
def test_the_stage_and_the_counting_have_no_door_for_the_web(place: Place, call: str) -> None:
    with place.made.acting("sunita", at=place.at), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}")


def test_a_published_version_is_followed_and_never_changed(place: Place) -> None:
    place.begin()
    with place.made.acting("sunita", at=place.at) as sunita:
        new = actions.publish_guidance(by=sunita, text=editions()["2026"], what_changed="A word.", review_on=(place.at + DAY).date(), at=place.at)
        assert new.version == 2
        assert {one.name: one.version for one in queries.last_runs()} == {"Home from Hospital": None, "One View of Families": 1, "Safer Evenings": None, "Tarnside Together": None}
        actions.review_guidance(by=sunita, guidance_id=new.pk, note="Nothing to change.", review_on=(place.at + 90 * DAY).date(), at=place.at)
        assert queries.review_day(queries.guidance(2)) == (place.at + 90 * DAY).date()
    with pytest.raises(actions.NotNow, match="newer version"):
        place.begin("moira", "evenings")


# -- who owns the guidance ----------------------------------------------------------------------------------------------------------------


def published(place: Place, who: str) -> int:
    with place.made.acting(who, at=place.at) as by:
        return actions.publish_guidance(by=by, text=editions()["2026"], what_changed="A word.", review_on=(place.at + DAY).date(), at=place.at).version


@pytest.mark.parametrize("who", ["moira", "megan", "amina", "eleanor"])
def test_whoever_leads_another_partnership_publishes_nothing_that_is_not_theirs(place: Place, who: str) -> None:
    with pytest.raises(Refused, match="by its owner"):
        published(place, who)
    with place.made.acting(who, at=place.at) as by, pytest.raises(Refused):
        actions.review_guidance(by=by, guidance_id=place.guidance.pk, note="x", review_on=(place.at + DAY).date(), at=place.at)


def test_handed_over_the_new_owner_publishes_and_the_former_does_not_and_the_hand_over_is_kept(place: Place) -> None:
    moira = place.made.practitioners["moira"].pk
    with place.made.acting("moira", at=place.at) as by, pytest.raises(Refused, match="handed over by its owner"):
        actions.hand_over_guidance(by=by, to_id=moira, why="I want it.", at=place.at)
    with place.made.acting("sunita", at=place.at) as sunita:
        with pytest.raises(actions.NotNow, match="why"):
            actions.hand_over_guidance(by=sunita, to_id=moira, why=" ", at=place.at)
        with pytest.raises(actions.NotNow, match="somebody else"):
            actions.hand_over_guidance(by=sunita, to_id=sunita.practitioner_id or 0, why="x", at=place.at)
        actions.hand_over_guidance(by=sunita, to_id=moira, why="Two years are enough.", at=place.at)
        actions.hand_over_guidance(by=sunita, to_id=moira, why="Two years are enough.", at=place.at)
    with pytest.raises(Refused):
        published(place, "sunita")
    assert published(place, "moira") == 2
    with place.made.acting("amina", at=place.at):
        assert [(one.former.name, one.owner.name, one.why) for one in queries.hand_overs()] == [("Sunita Rao", "Sgt Moira Blake", "Two years are enough.")]


def test_once_its_owner_has_gone_whoever_looks_after_the_installation_hands_it_on(place: Place) -> None:
    Practitioner.objects.filter(pk=place.made.practitioners["sunita"].pk).update(ends=(place.at - DAY).date())
    with place.made.acting("moira", at=place.at) as moira:
        actions.hand_over_guidance(by=moira, to_id=place.made.practitioners["megan"].pk, why="She left.", at=place.at)
    assert published(place, "megan") == 2
