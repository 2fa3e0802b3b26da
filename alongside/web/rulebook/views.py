"""The rulebook: every rule this product decides by, as it stands in the register, for everybody to read."""

import doctest
import inspect
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.london import london_day
from alongside.common.rulebook import REGISTER, Rule
from alongside.confidentiality.rules import decision
from alongside.confidentiality.rules.kinds import CLAUSES
from alongside.records import actions  # noqa: F401 - enters the rules of routing and clocks
from alongside.voice.rules import comparison, ladder, replies, speaking, suppression  # noqa: F401 - enters theirs
from alongside.web.entrance import public_page

ON_A_PAGE = 40
APPS = {"confidentiality": "Who may see what", "records": "Who is told, and by when", "people": "Names, dates and places", "voice": "Who is heard", "framework": "How a partnership is tested and examined"}
DOES = {
    "forbid": "Denies, whatever the urgency", "duty": "Permits, whatever stands against it", "refuse": "Denies", "ask_first": "Refers to somebody who decides first", "allow": "Permits",
    "keep_back": "Keeps parts back", "oblige": "Obliges",
}


@public_page("GET")
def rulebook(request: HttpRequest) -> HttpResponse:
    topic, words, today = request.GET.get("topic", ""), request.GET.get("words", "").strip()[:80], london_day(request.at)
    found = [rule for rule in sorted(REGISTER.values(), key=lambda rule: rule.id) if rule.switch is None and matches(rule, topic, words)]
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() and len(request.GET["page"]) < 4 else 1
    start = (page - 1) * ON_A_PAGE
    waiting = [rule for rule in REGISTER.values() if rule.switch is not None]
    context = {
        "rules": found[start : start + ON_A_PAGE], "many": len(found), "topics": topics(), "topic": topic, "words": words, "page": page, "more": len(found) > start + ON_A_PAGE, "today": today,
        "waiting": waiting if page == 1 and not words and not topic else [], "does": does, "version": decision.rulebook_version(), "all": len(REGISTER),
    }
    return render(request, "rulebook/rulebook.jinja", context)


@public_page("GET")
def one_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    rule = REGISTER.get(rule_id)
    if rule is None:
        raise Http404
    clause = CLAUSES.get(rule_id)
    context = {"rule": rule, "clause": clause, "does": does(rule), "stands": in_force(rule, london_day(request.at)), "topic": dict(topics_flat())[rule.topic], "examples": examples(rule)}
    return render(request, "rulebook/one_rule.jinja", context)


def matches(rule: Rule, topic: str, words: str) -> bool:
    text = f"{rule.id} {rule.says} {rule.source}".lower()
    return (not topic or rule.topic == topic) and all(word in text for word in words.lower().split())


def topics() -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Topics by what they decide: (heading, [(topic, name, how many rules)])."""
    counts: dict[str, int] = {}
    for rule in REGISTER.values():
        counts[rule.topic] = counts.get(rule.topic, 0) + (rule.switch is None)
    shelves: dict[str, list[tuple[str, str, int]]] = {}
    for topic, name in topics_flat():
        app = topic.partition(".")[0]
        shelves.setdefault(APPS.get(app, app.capitalize()), []).append((topic, name, counts[topic]))
    return list(shelves.items())


def topics_flat() -> list[tuple[str, str]]:
    return sorted((topic, topic.rpartition(".")[2].replace("_", " ").capitalize()) for topic in {rule.topic for rule in REGISTER.values()})


def does(rule: Rule) -> str:
    clause = CLAUSES.get(rule.id)
    return DOES[clause.kind] if clause else ""


def in_force(rule: Rule, today: date) -> str:
    if rule.switch:
        return "Waits: Parliament has passed it, and nobody has started it"
    if rule.since and rule.since > today:
        return "Not yet in force"
    return "In force" if rule.until is None or today < rule.until else "Ended"


def examples(rule: Rule) -> list[tuple[str, str]]:
    """The examples in the rule itself, which the tests run: (asked, answered)."""
    found = doctest.DocTestParser().get_examples(inspect.getdoc(rule.function) or "")
    return [(one.source.strip(), one.want.strip()) for one in found if one.want]
