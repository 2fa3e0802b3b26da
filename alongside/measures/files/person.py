"""Files for F5, F6 and section 3: goals, involvement, the ladder, day 91, daily living, wellbeing, language."""

from dataclasses import replace
from math import prod
from typing import Any

from alongside.measures.daily_living import Does, daily_living
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.goals import RHO, attainment, change
from alongside.measures.involvement import ROLES, involvement
from alongside.measures.ladder import RUNGS, Shown, ladder
from alongside.measures.language import PHRASES, language
from alongside.measures.reablement import Whereabouts, day_91
from alongside.measures.result import Result, Unmeasurable
from alongside.measures.wellbeing import Question, wellbeing

PLACES = {
    "own home": Whereabouts.HOME, "extra care": Whereabouts.HOME, "extra care housing": Whereabouts.HOME, "adult placement": Whereabouts.HOME, "at home": Whereabouts.HOME,
    "residential": Whereabouts.CARE_HOME, "nursing home": Whereabouts.CARE_HOME, "carehome": Whereabouts.CARE_HOME, "dead": Whereabouts.DIED, "death": Whereabouts.DIED,
    "not found": Whereabouts.UNKNOWN, "no contact": Whereabouts.UNKNOWN, "non contact": Whereabouts.UNKNOWN, "not known": Whereabouts.UNKNOWN,
}
DONE = {"1": Does.YES, "y": Does.YES, "0": Does.NO, "n": Does.NO, "never did": Does.NEVER_DID, "never done": Does.NEVER_DID, "na": Does.NEVER_DID}


def _goals(given: Given, options: dict[str, Any]) -> Answer:
    levels, weights = given.numbers("level"), given.optional_numbers("weight")
    if weights is None and (given.has("importance") or given.has("difficulty")):
        weights = [prod(pair) for pair in zip(given.numbers_or("importance", 1.0), given.numbers_or("difficulty", 1.0), strict=True)]
    results: list[Result] = [
        replace(attainment(levels, weights, rho=options["rho"]), measure="F5 goal attainment T, achieved" if given.has("baseline") else "F5 goal attainment T")
    ]
    if given.has("baseline"):
        before = given.numbers("baseline")
        results += [replace(attainment(before, weights, rho=options["rho"]), measure="F5 goal attainment T, baseline"), change(before, levels, weights, rho=options["rho"])]
    return Answer(results)


def _involvement(given: Given, options: dict[str, Any]) -> Answer:
    found = involvement(given.numbers("preferred"), given.numbers("experienced"))
    return Answer([found.congruent, found.under_involved, found.over_asked, found.shift])


def _ladder(given: Given, options: dict[str, Any]) -> Answer:
    shown = [
        Shown(*row) for row in zip(
            given.flags_or("informed"), given.counts_or("contributions", 0), given.counts_or("replies", 0), given.counts_or("adopted", 0), given.flags_or("reply_log"),
            given.flags_or("votes"), given.flags_or("budget"), given.flags_or("majority"), strict=True,
        )
    ]
    results, notes = list[Result](), list[str]()
    for name, claimed, records in zip(given.labels("activity"), given.counts("claimed"), shown, strict=True):
        found = ladder(claimed, records)
        rates = [replace(rate, measure=f"F6 {word}", scope=name) for word, rate in (("response rate", found.response_rate), ("adoption rate", found.adoption_rate)) if rate]
        results += [replace(found.gap, scope=name), *rates]
        notes.append(f"{name}: claimed {claimed} ({RUNGS[claimed]}), evidenced {found.evidenced} ({RUNGS[found.evidenced]})")
    return Answer(results, notes)


def _day_91(given: Given, options: dict[str, Any]) -> Answer:
    found = day_91(given.repeated(given.choices("whereabouts", Whereabouts, PLACES)))
    return Answer([found.official, found.of_those_known, found.unknown], [f"{place.value}: {count}" for place, count in found.counts.items()])


def _daily_living(given: Given, options: dict[str, Any]) -> Answer:
    people: dict[str, list[Does]] = {}
    for person, does in zip(given.words("person"), given.choices("does", Does, DONE), strict=True):
        people.setdefault(person, []).append(does)
    found = daily_living(people)
    return Answer([found.share, found.uncorrected, found.corrected], [f"never did at least one task: {found.never_did_one} of {len(people)} people"])


def _wellbeing(given: Given, options: dict[str, Any]) -> Answer:
    answers: dict[Question, list[float]] = {}
    if given.has("question"):
        for question, answer in zip(given.choices("question", Question), given.numbers("answer"), strict=True):
            answers.setdefault(question, []).append(answer)
    else:
        answers = {question: given.numbers(question.value) for question in Question if given.has(question.value)}
    if not answers:
        raise Unmeasurable("There are no answers: give columns satisfied, worthwhile, happy and anxious; or question and answer.")
    return Answer([result for question, given_answers in answers.items() for found in [wellbeing(question, given_answers)] for result in (found.mean, *found.shares.values())])


def _language(given: Given, options: dict[str, Any]) -> Answer:
    phrases = tuple(phrase.strip() for phrase in options["phrases"].split(",") if phrase.strip()) if options["phrases"] else PHRASES
    found = language("\n".join(given.texts("text")), phrases)
    return Answer([found.per_thousand], [f"'{phrase}': {count}" for phrase, count in found.found.items()] or ["No listed phrase."])


MEASURES = (
    Measure(
        "gas",
        "Goal attainment (F5): T for each person (or for the whole file), and its change where a baseline is given. One goal a row.",
        (
            Column("level", "level reached, -2 to +2", ("achieved", "attained", "outcome", "x", "score", "result")),
            Column("baseline", "level at the start", ("before", "start"), needed=False),
            Column("weight", "the goal's weight; 1 if left out", ("w", "weights"), needed=False),
            Column("importance", "multiplied with difficulty where no weight is given", needed=False),
            Column("difficulty", "see importance", needed=False),
            Column("goal", "the goal's name", ("name",), needed=False),
        ),
        _goals,
        "goal,weight,baseline,achieved\nwalk to the shop,1,-1,-1\ncook,2,-1,0\nsee friends,3,-1,1\n",
        (Option("rho", "assumed correlation between goals", float, RHO),),
        aliases=("goals", "goal-attainment"),
        blocks=("person", "person_id"),
    ),
    Measure(
        "involvement",
        "Role congruence (F6a): wished and experienced role in decisions. Roles: " + "; ".join(f"{role} {says}" for role, says in ROLES.items()) + ".",
        (Column("preferred", "the role wished, 1 to 5", ("wished", "wanted", "preference")), Column("experienced", "the role had, 1 to 5", ("actual", "had", "perceived"))),
        _involvement,
        "topic,preferred,experienced\nhome,1,1\nhome,2,4\nhome,3,3\nmoney,5,3\n",
        aliases=("congruence", "role-congruence"),
        blocks=("topic",),
    ),
    Measure(
        "ladder",
        "Ladder of participation (F6b): claimed rung, evidenced rung, tokenism gap, share of contributions answered and adopted. One activity a row.",
        (
            Column("claimed", "claimed rung: " + ", ".join(f"{rung} {name}" for rung, name in RUNGS.items()), ("claimed_rung", "rung")),
            Column("activity", "the activity", ("name", "panel"), needed=False),
            Column("informed", "yes where people were told", needed=False),
            Column("contributions", "how many contributions came", ("received",), needed=False),
            Column("replies", "how many were answered", ("replied", "answered"), needed=False),
            Column("adopted", "how many were adopted, wholly or partly", needed=False),
            Column("reply_log", "yes where there is a log of replies", ("log",), needed=False),
            Column("votes", "yes where public members vote", ("vote",), needed=False),
            Column("budget", "yes where they hold money", needed=False),
            Column("majority", "yes where they can outvote the rest", needed=False),
        ),
        _ladder,
        "activity,claimed,informed,contributions,replies,adopted,reply_log,votes\npanel,6,yes,40,12,2,no,no\nboard,6,yes,10,10,3,yes,yes\n",
        aliases=("tokenism", "tokenism-gap", "rung"),
    ),
    Measure(
        "day-91",
        "At home on day 91 after discharge into reablement: official share, share of those found, and not found.",
        (
            Column("whereabouts", "home, hospital, care home, died or unknown", ("where", "place", "status", "outcome")),
            Column("count", "how many people; 1 if left out", ("n", "people"), needed=False),
        ),
        _day_91,
        "whereabouts,count\nhome,80\nhospital,2\ndied,8\nunknown,10\n",
        aliases=("day91", "reablement", "day-ninety-one"),
    ),
    Measure(
        "daily-living",
        "Tasks of daily living done of those ever done ('never' counts neither way), with the uncorrected count. One task of one person a row.",
        (
            Column("person", "who", ("id", "person_id")),
            Column("does", "yes, no or never", ("answer", "done", "score", "value")),
            Column("task", "which task", ("item",), needed=False),
        ),
        _daily_living,
        "person,task,does\np1,cooking,never\np1,shopping,yes\np2,cooking,yes\np2,shopping,no\n",
        aliases=("iadl", "lawton"),
    ),
    Measure(
        "wellbeing",
        "Four questions on personal wellbeing: mean and share in each band, each question by itself.",
        (
            *(Column(question.value, "answers from 0 to 10", needed=False) for question in Question),
            Column("question", "for files with one answer a row: which question", needed=False),
            Column("answer", "for files with one answer a row: 0 to 10", ("score", "value"), needed=False),
        ),
        _wellbeing,
        "satisfied,worthwhile,happy,anxious\n7,8,7,3\n5,6,8,1\n9,9,10,0\n",
        aliases=("ons4", "personal-wellbeing"),
    ),
    Measure(
        "language",
        "Deficit phrases for each 1,000 words (S33), quoted speech left out. One text a row; --by a column such as 'when' compares before and after.",
        (Column("text", "the text", ("note", "body", "letter", "description")),),
        _language,
        'when,text\nbefore,"He suffers from epilepsy and is wheelchair bound."\nafter,"He has epilepsy and uses a wheelchair."\n',
        (Option("phrases", "your own list, with commas between"),),
        aliases=("deficit-phrases",),
        example_options=("--by", "when"),
    ),
)
