"""How the partnerships of Tarnside were tested and examined: one healthy and honest, one that says it is fine and is not, one that should not be."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from alongside.cli.tarnside.setup import AGREEMENT, Tarnside
from alongside.common.clock import now
from alongside.confidentiality.models import Relationship
from alongside.framework import actions, queries
from alongside.framework.facts import Answer, Depth, Option
from alongside.framework.models import Run
from alongside.framework.rules.guidance import editions, statements_at
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import NewTerm, PartyFacts
from alongside.people import actions as people
from alongside.records.actions import NewEntry, acknowledge_share, add_entry, decline_share, read_share
from alongside.records.facts import PersonFacts
from alongside.records.queries import inbox

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EARLY_HELP = tuple(NewTerm("early_help", category, "s11_ca2004", "Children Act 2004 sections 10 and 11", minimum_fields="What was seen and what helped") for category in ("index_entry", "strengths_needs_plan", "safeguarding_concern", "education"))
EVENINGS = {"police": "moira", "school": "grace", "homelink": "peter", "housing": "nadia"}


def tested_and_examined(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> Iterator[str]:
    """Each step yields what it did. Two versions of the guidance; by the first, two partnerships were examined last year."""
    publish(made, "2025", "The first guidance of the partnership: until now everybody had a form of their own.", at - 700 * DAY, review_on=(at - 300 * DAY).date())
    yield from the_evenings(made, ids["evenings"], at=at)
    yield from together(made, at=at)
    home_a_year_ago(made, ids["home"], at=at - 380 * DAY)
    publish(made, "2026", "Three gates more: nothing begins without a basis in law, a basis for sharing and an owner. Two statements more for each principle where much hangs on it.", at - 60 * DAY, review_on=(at + 300 * DAY).date())
    yield "Guidance is published in its second version; one partnership was last examined by the first"
    examined = evenings_examined(made, ids["evenings"], at=at - 20 * DAY)
    yield f"Safer Evenings was examined and says it is fine: {examined.significance} points of significance"
    together_examined(made, ids["together"], at=at - 12 * DAY)
    yield "Tarnside Together was examined; one partner did not answer in time"
    one_view_tested(made, ids["one_view"], at=at - 8 * DAY)
    yield "One View of Families was tested: two red gates, and the recommendation is not to do it"


def publish(made: Tarnside, edition: str, what_changed: str, at: datetime, *, review_on: date) -> None:
    with made.acting("sunita", at=at) as sunita:
        actions.publish_guidance(by=sunita, text=editions()[edition], what_changed=what_changed, review_on=max(review_on, (at + 365 * DAY).date()), at=at)


# -- what the evenings did ----------------------------------------------------------------------------------------------------------------


SEEN_AT_NIGHT = (
    (118, "Out at eleven with older boys", "Kai was at the bus station with three older boys. He said that he was waiting for his sister.", 9),
    (104, "Shouting at the shops", "Kai and two others shouted at people outside the shop. No harm done; he went home when asked.", 6),
    (97, "Found asleep in the park", "Kai was asleep on a bench at half past ten. He said that it was quieter there than at home.", 11),
    (83, "Second time at the bus station", "The same older boys. One of them gave Kai a telephone.", 8),
    (69, "A window broken", "A window at the youth club was broken. Kai was near and said that it was not him.", 12),
    (55, "Home late, nobody in", "Taken home at midnight; nobody was in. A neighbour let him in.", 7),
    (41, "Talked to for a long time", "Kai said that the evenings were better when the hall was open.", 5),
    (34, "Seen with a new coat", "Kai had a new coat and would not say from whom.", 9),
)


def the_evenings(made: Tarnside, partnership_id: int, *, at: datetime) -> Iterator[str]:
    """The police write to the school again and again about one boy. Every answer comes late, and nobody writes back."""
    since = at - 150 * DAY
    kai = somebody(made, "Kai", "Lowe", date(since.year - 14, 4, 9), "9990000093", ("lewis", "grace"), since)
    agree_on_early_help(made, partnership_id, since, at)
    with made.acting("grace", at=since) as grace:
        partnerships.declare_need(
            by=grace, partnership_id=partnership_id, team_id=made.teams["safeguarding"].pk, tags=("police_contact",), purpose="early_help", how_soon="1_working_day", at=since,
            what_for="Whoever was out at night is met in the morning by somebody who knows.", reach="our_people", review_on=(at + 90 * DAY).date(),
        )
    for ago, headline, account, days in SEEN_AT_NIGHT:
        seen = at - ago * DAY
        with made.acting("lewis", at=seen) as lewis:
            made_entry = add_entry(
                by=lewis, at=seen, new=NewEntry(uuid.uuid4(), "police_contact", (PersonFacts(kai, kind="child", age=14),), headline, account, seen - HOUR, effect="He was cold and tired.", action_taken="Told the school.", purpose="early_help"),
            )
        answer_late(made, made_entry.entry_id, at=seen + days * DAY, sends_back=ago == 69)
    yield f"Safer Evenings: the police wrote {len(SEEN_AT_NIGHT)} times, and each time the school answered late"


def somebody(made: Tarnside, given_name: str, family_name: str, born: date, nhs_number: str, works_with: Sequence[str], since: datetime) -> int:
    with made.acting("owen", at=since):
        person = people.register_person(given_name=given_name, family_name=family_name, date_of_birth=born, nhs_number=nhs_number)
        Relationship.objects.bulk_create(
            Relationship(person_id=person, practitioner=made.practitioners[who], agency_id=made.practitioners[who].agency_id, kind="allocated", starts=since) for who in works_with
        )
    return person


def agree_on_early_help(made: Tarnside, partnership_id: int, since: datetime, at: datetime) -> None:
    signing = {key: who for key, who in EVENINGS.items() if key != "housing"}
    parties = tuple(PartyFacts(made.agencies[key].pk, made.practitioners[who].pk) for key, who in signing.items())
    text = replace(
        AGREEMENT, title="Early help after school", why="So that a young person who is out at night is met in the morning by somebody who knows.", who_sees="Those who run the evenings, and the school's safeguarding leads.",
        starts=since, ends=at + 200 * DAY, review_on=(at - 40 * DAY).date(), parties=parties, terms=EARLY_HELP,
    )
    with made.acting("moira", at=since) as moira:
        agreement = partnerships.draft_agreement(by=moira, partnership_id=partnership_id, text=text, at=since)
        partnerships.open_for_signature(by=moira, agreement_id=agreement.pk, bases_in_force={"s11_ca2004"}, at=since)
    for who in signing.values():
        with made.acting(who, at=since) as by:
            partnerships.sign_agreement(by=by, agreement_id=agreement.pk, at=since)


def answer_late(made: Tarnside, entry_id: int, *, at: datetime, sends_back: bool) -> None:
    answer(made, ("grace",), entry_id, at=at, sends_back=sends_back)


def answer(made: Tarnside, answering: Sequence[str], entry_id: int, *, at: datetime, sends_back: bool = False) -> None:
    """Whoever of these owes an answer to this entry gives it."""
    for who in answering:
        with made.acting(who, at=at) as by:
            for share in inbox(by):
                if share.entry_id == entry_id:
                    read_share(by=by, reference=share.reference, at=at)
                    if sends_back:
                        decline_share(by=by, reference=share.reference, reason="We had it from his mother the same week.", at=at)
                    else:
                        acknowledge_share(by=by, reference=share.reference, at=at, used=True)


# -- what Tarnside Together did -----------------------------------------------------------------------------------------------------------

AT_HOME_AND_AT_SCHOOL = (
    ("doris", "kofi", "medication_change", "Water tablets in the morning from now on", "direct_care", ("sam", "megan")),
    ("doris", "joan", "fall", "Slipped on the back step, not hurt", "direct_care", ("megan", "sam")),
    ("doris", "megan", "visit", "Looked at the step with her", "direct_care", ("joan",)),
    ("doris", "sam", "medication_change", "Fewer tablets for her heart", "direct_care", ("megan", "kofi")),
    ("doris", "megan", "fall", "Lost her balance at the sink", "direct_care", ("joan", "sam")),
    ("finn", "grace", "injury_observation", "A graze on his elbow from football", "safeguarding_child", ("priya", "daniel", "helen", "amina", "ruth", "sam")),
    ("finn", "amina", "injury_observation", "A bump on his forehead, from the swing", "safeguarding_child", ("priya", "daniel", "helen", "sam", "grace")),
    ("finn", "lewis", "domestic_abuse_incident", "Shouting heard by neighbours", "safeguarding_child", ("daniel", "helen", "amina", "ruth", "grace")),
    ("finn", "daniel", "domestic_abuse_incident", "His mother told me of last week", "safeguarding_child", ("amina", "ruth", "grace", "lewis", "moira")),
)
ROUNDS = (122, 104, 86, 68, 50)


def together(made: Tarnside, *, at: datetime) -> Iterator[str]:
    """What partners of Tarnside Together wrote and answered about two people in three rounds: both ways, and in time."""
    since = at - 200 * DAY
    about = {
        "doris": PersonFacts(somebody(made, "Doris", "Webb", date(1944, 2, 3), "9990000158", ("joan", "megan", "sam", "kofi"), since), kind="adult", age=82),
        "finn": PersonFacts(somebody(made, "Finn", "Archer", date(at.year - 6, 9, 1), "9990000166", ("amina", "daniel", "grace", "lewis", "sam"), since), kind="child", age=6),
    }
    for round_ago in ROUNDS:
        for number, (whom, who, kind, headline, purpose, answering) in enumerate(AT_HOME_AND_AT_SCHOOL):
            seen = on_a_weekday(at - (round_ago - 2 * number) * DAY)
            with made.acting(who, at=seen) as by:
                entry = add_entry(
                    by=by, at=seen, new=NewEntry(uuid.uuid4(), kind, (about[whom],), headline, f"{headline}. Talked it over at home.", seen - HOUR, effect="Told and understood.", action_taken="Looked at it again the week after.", purpose=purpose),
                )
            answer(made, answering, entry.entry_id, at=seen + 2 * HOUR)
    yield f"Tarnside Together: {len(ROUNDS) * len(AT_HOME_AND_AT_SCHOOL)} entries about two people went both ways and were answered the same day"


def on_a_weekday(moment: datetime) -> datetime:
    """Ten in the morning, on that day or on the Monday after."""
    morning = moment.replace(hour=10, minute=0, second=0, microsecond=0)
    return morning + max(0, 7 - morning.weekday()) * DAY if morning.weekday() > 4 else morning


# -- runs ---------------------------------------------------------------------------------------------------------------------------------


def begun(made: Tarnside, who: str, partnership_id: int, answers: Sequence[int], *, at: datetime, due: datetime | None = None) -> Run:
    with made.acting(who, at=at) as by:
        guidance = queries.guidance_in_force()
        asked = queries.text_of(guidance.content).questions
        given = {question.id: answer for question, answer in zip(asked, answers, strict=True)}
        return actions.start_run(by=by, partnership_id=partnership_id, guidance=guidance, answers=given, scores_due=due or now() + 30 * DAY, at=at)


def gates_answered(made: Tarnside, who: str, run: Run, answers: Mapping[str, tuple[Answer, str]], *, at: datetime) -> None:
    with made.acting(who, at=at) as by:
        for state in queries.gates(run):
            answer, evidence = answers.get(state.gate.id, (Answer.YES, "Minute of the board, 3 March; in the shared folder"))
            actions.answer_gate(by=by, run_id=run.pk, gate=state.gate.id, answer=answer, evidence=evidence, at=at)


def scored(made: Tarnside, run: Run, who: str, usual: int, *, at: datetime, but: Mapping[str, int | None] | None = None, notes: Mapping[str, str] | None = None) -> None:
    with made.acting(who, at=at) as by:
        asked = [one.id for one in statements_at(queries.text_of_run(run), Depth(run.depth))]
        different = but or {}
        scores = {one: different.get(one, usual) for one in asked}
        actions.save_scores(by=by, run_id=run.pk, scores=scores, notes={key: text for key, text in (notes or {}).items() if key in scores}, send_in=True, at=at)


def voted(made: Tarnside, run: Run, who: str, *, at: datetime, against: str = "") -> None:
    with made.acting(who, at=at) as by:
        stands = queries.standing(queries.recommendations(run))
        actions.vote(by=by, run_id=run.pk, recommendation_id=stands.pk, agrees=not against, reason=against, at=at)


def home_a_year_ago(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    """Home from Hospital, examined by the first version: it carries on."""
    run = begun(made, "megan", partnership_id, (2, 2, 2, 2), at=at)
    gates_answered(made, "megan", run, {}, at=at + DAY)
    for who, usual in (("megan", 3), ("kofi", 3), ("ruth", 4), ("sam", 2), ("peter", 3)):
        scored(made, run, who, usual, at=at + 2 * DAY)
    with made.acting("megan", at=at + 5 * DAY) as megan:
        actions.recommend(
            by=megan, run_id=run.pk, option=Option.CARRY_ON, at=at + 5 * DAY, reasons="People come home sooner, and somebody is there.",
            considered={Option.END: "Each would ring the others again, as before 2023.", Option.CHANGE: "The surgery wants fewer meetings. Taken up in the plan."},
        )
    for who in ("megan", "kofi", "ruth"):
        voted(made, run, who, at=at + 8 * DAY)


def evenings_examined(made: Tarnside, partnership_id: int, *, at: datetime) -> Run:
    """Everybody scores high. What they did says otherwise, and the page puts it first."""
    run = begun(made, "moira", partnership_id, (3, 1, 2, 3, 2, 3), at=at)
    gates_answered(made, "moira", run, {"performance": (Answer.PARTLY, "Targets were set in 2023; nobody has looked since"), "risk": (Answer.NO, "No list of risks yet"), "public": (Answer.PARTLY, "On the police's page only")}, at=at + DAY)
    scored(made, run, "moira", 4, at=at + 2 * DAY, notes={"commitment_top": "We have never missed a meeting."})
    scored(made, run, "grace", 4, at=at + 3 * DAY, but={"learning_look": 3, "learning_change": 3})
    scored(made, run, "peter", 3, at=at + 4 * DAY, but={"trust_bad_news": 4, "learning_look": 1, "learning_change": 1}, notes={"learning_look": "We count evenings, not what came of them."})
    scored(made, run, "nadia", 4, at=at + 5 * DAY, but={"need_them": None, "learning_look": 4})
    return run


def together_examined(made: Tarnside, partnership_id: int, *, at: datetime) -> Run:
    """Honest scores, one partner that did not answer, and a decision under two conditions, one of them met, with one partner's dissent."""
    due = now() + timedelta(seconds=2)
    run = begun(made, "sunita", partnership_id, (3, 3, 3, 3, 3, 3), at=at, due=due)
    gates_answered(made, "sunita", run, {"value": (Answer.PARTLY, "What comes of it is shown for children, not yet for older people"), "finance": (Answer.PARTLY, "The books are open; two partners book a month late")}, at=at + DAY)
    for who, usual, but in (
        ("priya", 3, {"commitment_share": 2, "trust_bad_news": 4}), ("megan", 3, {"purpose_real": 2, "learning_people": 2}), ("ruth", 4, {"commitment_share": 2, "arrangements_plain": 3}),
        ("kofi", 3, {"arrangements_plain": 2}), ("sam", 2, {"need_us": 3, "trust_word": 3}), ("grace", 3, {"trust_told": 4, "trust_bad_news": 4}), ("peter", 3, {"commitment_share": 1, "trust_word": 4}), ("nadia", 3, {}),
    ):
        scored(made, run, who, usual, at=at + 2 * DAY, but=but, notes={"commitment_top": "The small ones do the visiting."} if who == "peter" else None)
    while now() < due:
        time.sleep(0.1)
    decide_on_together(made, run, at=at + 6 * DAY)
    return run


def decide_on_together(made: Tarnside, run: Run, *, at: datetime) -> None:
    with made.acting("sunita", at=at) as sunita:
        actions.recommend(
            by=sunita, run_id=run.pk, option=Option.CARRY_ON_IF, at=at, reasons="It does what it is for, and partners answer one another. The work is not shared fairly, and it cannot show yet what older people gain.",
            considered={
                Option.CARRY_ON: "It would leave the smallest partner with most of the visiting.", Option.CHANGE: "A smaller board was weighed; the surgery asked for it. Not now.",
                Option.END: "Every agency would ask the same questions again. Nobody wanted it.",
            },
        )
        for words, agency, days in (("The cost of home visits is shared by the number of people visited", "adults", 90), ("What older people gain is shown in the yearly figures", "children", 150)):
            actions.add_condition(by=sunita, run_id=run.pk, words=words, agency_id=made.agencies[agency].pk, due_on=(at + days * DAY).date(), at=at)
    for who in ("priya", "megan", "ruth", "grace"):
        voted(made, run, who, at=at + DAY)
    voted(made, run, "sam", at=at + DAY, against="We said that there are too many meetings, and there still are.")
    voted(made, run, "peter", at=at + 2 * DAY)


def one_view_tested(made: Tarnside, partnership_id: int, *, at: datetime) -> Run:
    """Two red gates. The recommendation is not to do it; one partner has agreed so far."""
    run = begun(made, "nadia", partnership_id, (3, 0, 2, 3, 2, 2), at=at)
    gates_answered(
        made, "nadia", run,
        {
            "sharing": (Answer.NO, "Everything about everybody is asked for. No lawful basis was named for housing to read what the school knows"),
            "owner": (Answer.NO, "Three agencies would each own a third; nobody answers for the whole"),
            "rationale": (Answer.PARTLY, "The aim is good; asking each partner for what is needed was not looked at"), "value": (Answer.PARTLY, "Not shown yet"),
            "performance": (Answer.NO, "No targets"), "finance": (Answer.PARTLY, "A price was quoted; nobody has agreed to pay it"),
        }, at=at + DAY,
    )
    scored(made, run, "nadia", 4, at=at + 2 * DAY, but={"learning_look": 3})
    scored(made, run, "moira", 3, at=at + 2 * DAY, but={"trust_bad_news": 2})
    scored(made, run, "grace", 2, at=at + 3 * DAY, but={"need_us": 1, "trust_bad_news": 1}, notes={"need_us": "We know our families. We need to be told of what happens at night, and that we can have today."})
    with made.acting("nadia", at=at + 4 * DAY) as nadia:
        actions.recommend(
            by=nadia, run_id=run.pk, option=Option.DO_NOT, at=at + 4 * DAY,
            reasons="Nobody can say under which law everything about every family may be shown to everybody, and nobody would answer for it. What is wanted can be had by saying what each must know.",
            considered={
                Option.GO_AHEAD: "Quick to buy. Two gates are red.", Option.ANOTHER_WAY: "Join Tarnside Together and declare what must be known. Costs nothing more.",
                Option.DO_NOT: "A year's work is lost. No family's record is opened without a reason.",
            },
        )
    voted(made, run, "grace", at=at + 6 * DAY)
    return run
