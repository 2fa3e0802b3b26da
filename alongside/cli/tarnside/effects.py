"""What partners of Tarnside do to each other's work, as they say it themselves; what Leah and Margaret were told that did not agree; what partners offer, and days with one another."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from alongside.cli.tarnside.own_side import own_token
from alongside.cli.tarnside.setup import Tarnside
from alongside.confidentiality.gate import acting
from alongside.partnerships.queries.objectives import objective_titles
from alongside.trust import actions
from alongside.trust.facts import End, OfferKind, SharedWith
from alongside.trust.queries import effects as reading

DAY = timedelta(days=1)
SPEAK = {
    "together": {"sunita": "children", "megan": "adults", "ruth": "community", "kofi": "hospital", "sam": "surgery", "grace": "school", "moira": "police", "peter": "homelink", "nadia": "housing"},
    "evenings": {"moira": "police", "grace": "school", "peter": "homelink", "nadia": "housing"},
}
DONE: dict[str, tuple[tuple[str, str | None, dict[str, dict[str, int]]], ...]] = {
    "together": (
        ("Weekly supervision of family nurses with a social worker", "community", {"Worries": {"sunita": 3, "ruth": 3, "sam": 2, "grace": 2, "moira": 1}, "Families tell": {"ruth": 1, "sunita": 2, "sam": 0}}),
        ("A letter of warning in the first week of arrears", "housing", {"Worries": {"ruth": -1, "nadia": 1, "grace": 0}, "Families tell": {"ruth": -2, "grace": -1, "peter": -2, "nadia": 0}, "People trust": {"ruth": -3, "peter": -2, "nadia": 1, "sam": -1}}),
        ("Beds are freed by eleven in the morning", "hospital", {"Home on": {"kofi": 2, "megan": -1, "peter": -2}, "People trust": {"peter": -1, "kofi": 1, "megan": 0}}),
        ("A call to the school before half past eight", "police", {"No child": {"grace": 3, "moira": 2, "sunita": 2}, "People trust": {"grace": 1, "moira": 1, "ruth": -1}}),
        ("One visit together in the first month", None, {"Families tell": {"ruth": 2, "sam": 2, "sunita": 3, "grace": 1}, "People trust": {"ruth": 2, "peter": 3, "sam": 2}}),
    ),
    "evenings": (
        ("Dispersal orders on Fridays", "police", {"Streets": {"moira": 3, "grace": -2, "peter": -3, "nadia": 1}}), ("Youth club on Thursdays", "homelink", {"Streets": {"moira": 1, "grace": 2, "peter": 2, "nadia": 1}}),
    ),
}
"""What is done, by whom, and what whoever speaks for a partner says that it does to an objective (named by how it begins)."""
TAKEN_ON = (
    ("together", "A letter", "Families tell", "ruth", "nadia", "Housing rings the family nurse before the letter goes, and sends it only if nobody answers", -40, 15, None),
    ("together", "Beds", "Home on", "megan", "kofi", "The ward tells home support at nine who may go home, and not at eleven", -50, -30, "Nobody has waited in the lounge since March."),
    ("evenings", "Dispersal", "Streets", "grace", "moira", "Officers bring young people to the club instead of sending them home", -200, -120, None),
)
"""Who said that whom sees to it, what changes, when it was said and by when, in days from now, and how one can tell that it is solved."""
OFFERS = (
    ("grace", OfferKind.ROOM, "A room for ten with a kitchen, beside the nursery", "Tuesdays and Thursdays after four", 200, (("ruth", "Weighing clinic on Tuesdays", True, ""), ("peter", "A choir", False, "The caretaker goes at six. Ask us again in spring."))),
    ("peter", OfferKind.TRANSPORT, "A car with a ramp, and somebody who drives it", "Two mornings a week", 120, (("megan", "Two people home from the ward on Friday", None, ""),)),
    ("daniel", OfferKind.TRAINING, "A day on what children see of violence at home", "Three places left", 30, (("grace", "Two teachers and the caretaker", True, "Bring a packed lunch."),)),
    ("amina", OfferKind.LANGUAGE, "Urdu, by telephone", "An hour a week", 90, ()),
)
"""Who offers what, how much, for how many days, and who asked: what for, whether they got it (None: not answered yet) and what they were told."""
DAYS = (
    ("lewis", "school", "Class four", -150, "How many children know what time their father comes home, and plan by it.", "I ring before half past eight, also on Sundays for Mondays.", SharedWith.PARTNERS),
    ("amina", "police", "Protecting vulnerable people", -80, "They have eleven minutes for a call. I thought that they did not want to know.", "I say in the first sentence what I worry about.", SharedWith.PARTNERS),
    ("tom", "police", "", -75, "Nobody tells them afterwards what became of a child.", "I ask our lead to ring back.", SharedWith.HOST),
)


def tell_of_effects(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> Iterator[str]:
    """Each step yields what it did. The partners are asked twice: once long ago, and since yesterday."""
    for key, days in (("together", 70), ("evenings", 250)):
        _asked(made, key, ids[key], at=at - days * DAY)
    for one in TAKEN_ON:
        _taken_on(made, *one, ids=ids, at=at)
    with acting(made.tokens["sunita"], at=at - DAY) as by:
        actions.open_effect_round(by=by, partnership_id=ids["together"], closes_at=at + 20 * DAY, at=at - DAY)
    yield "What works against what, as partners say it, and who sees to it"
    _told(made, ids["together"], at=at)
    yield "Leah and Margaret were told two different things; Margaret was answered"
    for offer in OFFERS:
        _offered(made, ids["together"], *offer, at=at)
    for who, host, team, ago, surprised, differently, shared in DAYS:
        on = at + ago * DAY
        with acting(made.tokens[who], at=on) as by:
            words = {"team": team, "on": on.date(), "surprised": surprised, "differently": differently, "shared_with": shared}
            actions.write_shadowing_day(by=by, partnership_id=ids["together"], host_id=made.agencies[host].pk, at=on, **words)
    yield "What partners offer one another, and what they learnt on days with one another"


def _places(made: Tarnside, who: str, place: int, at: datetime) -> tuple[dict[str, int], dict[str, int]]:
    with acting(made.tokens[who], at=at):
        titles = objective_titles(place)
        return {one.what: one.pk for one in reading.matrix(place, titles, at=at).activities}, {title: objective for objective, title in titles.items()}


def _of(known: Mapping[str, int], beginning: str) -> int | None:
    return next((key for words, key in known.items() if words.startswith(beginning)), None)


def _asked(made: Tarnside, key: str, place: int, *, at: datetime) -> None:
    lead = next(iter(SPEAK[key])) if key == "evenings" else "sunita"
    _, objectives = _places(made, lead, place, at)
    if not objectives:
        return
    with acting(made.tokens[lead], at=at) as by:
        named = {what: actions.name_activity(by=by, partnership_id=place, agency_id=made.agencies[agency].pk if agency else None, what=what, at=at) for what, agency, _ in DONE[key]}
        round_id = actions.open_effect_round(by=by, partnership_id=place, closes_at=at + 14 * DAY, at=at)
    for who in SPEAK[key]:
        with acting(made.tokens[who], at=at + DAY) as by:
            for what, _, said in DONE[key]:
                effects = {objective: next((given.get(who) for beginning, given in said.items() if title.startswith(beginning)), None) for title, objective in objectives.items()}
                actions.rate_effects(by=by, round_id=round_id, activity_id=named[what], effects=effects, at=at + DAY)


def _taken_on(made: Tarnside, key: str, what: str, aim: str, who: str, owner: str, change: str, said: int, due: int, solved: str | None, *, ids: Mapping[str, int], at: datetime) -> None:
    activities, objectives = _places(made, who, ids[key], at)
    activity, objective = _of(activities, what), _of(objectives, aim)
    if activity is None or objective is None:
        return
    with acting(made.tokens[who], at=at + said * DAY) as by:
        point = actions.take_on_effect(by=by, activity_id=activity, objective_id=objective, owner_id=made.practitioners[owner].pk, change=change, due_on=(at + due * DAY).date(), at=at + said * DAY)
    if solved:
        with acting(made.tokens[who], at=at + due * DAY) as by:
            actions.end_effect(by=by, point_id=point, end=End.SOLVED, because=solved, at=at + due * DAY)


def _told(made: Tarnside, place: int, *, at: datetime) -> None:
    agencies, whose = {key: one.pk for key, one in made.agencies.items()}, made.people
    feeding = actions.TwoThings(agencies["community"], agencies["surgery"], "Feeding at night", "The nurse says feed him when he wakes. The surgery says every four hours. I do not know what to do at three in the morning.")
    with acting(own_token(made, "leah"), at=at - 2 * DAY) as leah:
        actions.say_contradiction(by=leah, person_id=whose["leah"], told=feeding, key=uuid.uuid4(), at=at - 2 * DAY)
    stairs = actions.TwoThings(agencies["hospital"], agencies["homelink"], "The stairs", "The ward said not to climb the stairs for six weeks. Joan said to try them every day.")
    with acting(made.tokens["megan"], at=at - 6 * DAY) as megan:
        actions.say_contradiction(by=megan, person_id=whose["margaret"], told=stairs, key=uuid.uuid4(), at=at - 6 * DAY)
    activities, objectives = _places(made, "megan", place, at)
    cell = _of(activities, "Beds"), _of(objectives, "People trust")
    with acting(made.tokens["megan"], at=at - 5 * DAY) as megan:
        asked = next(one for one in reading.contradictions(actions.contradictions.opened(megan, whose["margaret"], item="contradictions", at=at - 5 * DAY)) if one.about == "The stairs")
        actions.answer_contradiction(
            by=megan, person_id=whose["margaret"], contradiction_id=asked.pk, cell=cell if None not in cell else None, at=at - 5 * DAY,
            answer="We rang the ward together: one flight a day, with Joan beside you, until the physiotherapist has seen you on Thursday. The paper from the ward was for somebody with a new hip. I am sorry.",
        )


def _offered(made: Tarnside, place: int, who: str, kind: OfferKind, what: str, how_much: str, days: int, asked: tuple[tuple[str, str, bool | None, str], ...], *, at: datetime) -> None:
    then = at - 20 * DAY
    with acting(made.tokens[who], at=then) as by:
        offer = actions.offer_resource(by=by, partnership_id=place, kind=kind, what=what, how_much=how_much, until=(at + days * DAY).date(), at=then)
    for asker, what_for, given, why in asked:
        with acting(made.tokens[asker], at=then + 5 * DAY) as by:
            request = actions.ask_for_offer(by=by, offer_id=offer, what_for=what_for, at=then + 5 * DAY)
        if given is not None:
            with acting(made.tokens[who], at=then + 7 * DAY) as by:
                actions.answer_offer_request(by=by, request_id=request, given=given, why=why, at=then + 7 * DAY)
