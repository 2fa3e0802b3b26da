"""What of a test or an examination needs somebody now, as lines of the partnership's home page."""

from django.urls import reverse

from alongside.common.london import london_day
from alongside.framework.facts import Option
from alongside.framework.queries import WAITING
from alongside.web.design.rows import WorkRow
from alongside.web.partnership.framework.wording import OPTIONS

QUESTION = WAITING
NAMES = {"test": "test", "examine": "examination"}


def score(one: object, asker: object) -> WorkRow:
    return WorkRow(f"Score it for your agency: the {NAMES[one.name]}", reverse("framework_run", args=[one.which]), one.when, "Nobody sees it before the reveal", state="Partners are scoring", colour="blue")


def recommend(one: object, asker: object) -> WorkRow:
    return WorkRow(f"Recommend something: the {NAMES[one.name]}", reverse("framework_run", args=[one.which]), None, "What partners say has been revealed", state="No recommendation", colour="yellow")


def decide(one: object, asker: object) -> WorkRow:
    return WorkRow(f"Decide: {OPTIONS[Option(one.name)].lower()}", reverse("framework_run", args=[one.which]), None, "Your agency has not said whether it agrees", state="Waits for a decision", colour="yellow")


def condition(one: object, asker: object) -> WorkRow:
    late = london_day(one.when) < london_day(asker.at)
    return WorkRow(f"Condition: {one.name}", reverse("framework_run", args=[one.which]), one.when, "A decision was taken on it", state="Late" if late else "Not met yet", colour="red" if late else "orange")


def examine(one: object, asker: object) -> WorkRow:
    return WorkRow("Examine it again", reverse("framework_runs", args=[one.which]), one.when, "The last test or examination is more than a year old", state="Yearly", colour="yellow")


def guidance(one: object, asker: object) -> WorkRow:
    return WorkRow(f"Look again at version {one.which} of the guidance", reverse("review_guidance", args=[one.which]), one.when, "Its day of review has come", state="Review", colour="yellow")


LINES = {"score": score, "recommend": recommend, "decide": decide, "condition": condition, "examine": examine, "guidance": guidance}
