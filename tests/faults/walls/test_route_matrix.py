"""Every address × method × reader × person: nobody meets a secret that is not theirs, nothing breaks, and who is hidden is nowhere."""

import itertools
import os
import random
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from alongside.web.practitioner.details.sections import SECTIONS
from tests.faults.bad_forms import route_of
from tests.faults.walls.browser import Answer, Ask, Browser, secrets_in
from tests.faults.walls.world import MARK, World
from tests.site import Site

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAMPLE = int(os.environ.get("ALONGSIDE_MATRIX", "4000"))
"""Requests of the CI-sized form; ALONGSIDE_MATRIX=0 sends them all."""
WORDS = {"noun": [*SECTIONS, "nothing"]}
"""Words of an address that lead to pages of their own."""
LEAVES_THE_SESSION = ("sign-out/", "leave/", "account/sessions/")


def addresses(people: list[int], references: list[uuid.UUID]) -> list[str]:
    """Every address of the product, filled with these people and with what is written about them."""
    found = []
    for route, pattern in patterns():
        named = pattern.converters.items()
        choices = [WORDS.get(name) or (people if name == "person_id" else references if isinstance(kind, UUIDConverter) else ["one"] if isinstance(kind, StringConverter) else [1, 2, 3, 987654321]) for name, kind in named]
        for chosen in itertools.product(*choices):
            path = route
            for (name, _), value in zip(named, chosen, strict=True):
                path = re.sub(rf"<[^>]*\b{name}>", str(value), path)
            found.append("/" + path)
    return found


def patterns() -> Iterator[tuple[str, RoutePattern]]:
    def walk(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, RoutePattern]]:
        for one in found:
            if isinstance(one, URLPattern):
                yield prefix + str(one.pattern), one.pattern
            else:
                yield from walk(one.url_patterns, prefix + str(one.pattern))

    yield from walk(get_resolver().url_patterns)


@pytest.fixture(scope="module")
def asks(world: World, references: list[uuid.UUID], written: set[tuple[int, str]]) -> list[Ask]:
    people = [*world.people.values(), *world.made.people.values(), random.getrandbits(41)]
    paths = [path for path in addresses(people, references) if not path.lstrip("/").startswith(LEAVES_THE_SESSION)]
    return sampled(["", *world.cookies], METHODS, paths, world, written, random.Random(7), SAMPLE)


def sampled(readers: Sequence[str], methods: Sequence[str], paths: list[str], world: World, written: set[tuple[int, str]], dice: random.Random, size: int) -> list[Ask]:
    """So many, and among them at least one reading of each planted person by each reader at each address: of what is written about that very person, where it names something written."""
    if not size:
        return [Ask(who, method, path) for who in readers for method in methods for path in paths]
    planted = {str(person): person for person in world.people.values()}
    about: dict[tuple[str, int], list[str]] = defaultdict(list)
    for path in paths:
        if person := next((planted[part] for part in path.split("/") if part in planted), None):
            about[route_of(path), person].append(path)
    chosen = []
    for (_, person), some in about.items():
        named = [path for path in some if any((person, part) in written for part in path.split("/"))]
        chosen += [Ask(who, "GET", dice.choice(named or some)) for who in readers]
    every = range(len(readers) * len(methods) * len(paths))
    others = dice.sample(every, max(0, min(size, len(every)) - len(chosen)))
    return [*chosen, *(Ask(readers[one % len(readers)], methods[one // len(readers) % len(methods)], paths[one // len(readers) // len(methods)]) for one in others)]


def send_all(site: Site, world: World, asks: list[Ask]) -> Iterator[tuple[Ask, Answer]]:
    """Each reader's requests one after the other, four readers at a time."""

    def send(who: str) -> list[tuple[Ask, Answer]]:
        with Browser(site, world.cookies.get(who, "")) as browser:
            return [(ask, browser.send(ask.method, ask.path, ask.typed)) for ask in asks if ask.who == who]

    with ThreadPoolExecutor(4) as readers:
        for answered in readers.map(send, ["", *world.cookies]):
            yield from answered


def test_no_answer_holds_a_secret_that_is_not_its_readers_and_none_is_a_fault(site: Site, world: World, asks: list[Ask]) -> None:
    leaks, faults, met = [], [], set()
    for ask, answer in send_all(site, world, asks):
        found = secrets_in(world, answer)
        met |= {(ask.who, token) for token in found}
        leaks += [f"{ask.who or 'nobody'} {ask.method} {ask.path}: {token}" for token in found if ask.who not in world.may_read[token]]
        if answer.status >= 500:
            faults.append(f"{ask.who or 'nobody'} {ask.method} {ask.path}: {answer.status}")
    assert not leaks, f"{len(leaks)} leaks:\n" + "\n".join(leaks[:20])
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(sorted(faults)[:20])
    assert {who for who, _ in met} >= {"daniel", "lewis"}, "whoever may read them does meet them, or this test shows nothing"
    assert not re.findall(rf"{MARK}[0-9A-Z]+", site.log.upper()), "what people wrote is not in the log"


def test_who_is_hidden_and_who_was_never_there_get_one_answer(site: Site, world: World) -> None:
    """The same status, headers and words, from every address, for everybody who is not on the list."""
    hidden, nobody = world.people["hidden"], random.getrandbits(41)
    paths = [path.replace(str(hidden), "ID") for path in addresses([hidden], [uuid.UUID(int=1)]) if str(hidden) in path]
    if SAMPLE:  # of each address a few: other numbers and words in it stand for one another
        paths = [path for _, some in itertools.groupby(sorted(paths, key=shape), shape) for path in few(list(some))]
    told = []
    for who in ("grace", "helen", "owen", "eleanor", "nadia", "leah"):  # works with the child, supervises who may, keeps records, guards, has no part, is helped
        with Browser(site, world.cookies[who]) as browser:
            for path, method in itertools.product(paths, ("GET", "POST")):
                one, other = (browser.send(method, path.replace("ID", str(person))).without(person) for person in (hidden, nobody))
                if method == "POST":
                    browser.send("GET", "/account/")  # shows, and so takes away, what an earlier answer left to say
                if one != other:
                    told.append(f"{who} {method} {path}: {one.status}, and {other.status} for nobody")
    assert not told, f"{len(told)} differences:\n" + "\n".join(told[:20])


def few(paths: list[str]) -> list[str]:
    return random.Random(5).sample(paths, min(3, len(paths)))


def shape(path: str) -> str:
    return route_of(path.replace("ID", "1"))


def test_the_finder_finds_nobody_who_is_hidden(site: Site, world: World) -> None:
    given, family = (token.title() for token in world.may_read if token.startswith(f"{MARK}HIDDEN") and "NAME" in token or token.startswith(f"{MARK}HIDDENFAMILY"))
    met = set()
    for who in world.cookies:
        with Browser(site, world.cookies[who]) as browser:
            for question in (f"{given[:-1]} {family[:-1]}", "9990000107", f"{given[:-1]} 1/6/2015"):  # a letter short, so that only an answer holds the whole
                met |= {(who, token) for token in secrets_in(world, browser.send("POST", "/find/", f"question={question.replace(' ', '+')}"))}
    assert {who for who, _ in met} == {"daniel"}
