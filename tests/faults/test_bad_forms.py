"""Whatever is sent to a form, by somebody who may use it, is answered in words: never a fault, nothing half-done, and nothing changed that the form does not ask for."""

import itertools
import os
import random
import uuid
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from django.urls import get_resolver
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.cli.start_checks import routes
from alongside.common.clock import now
from tests.faults import beforehand
from tests.faults.bad_forms import NUMBER, SENTINEL, Found, FoundForm, encoded, every_column, links, route_of, wrong_ways
from tests.faults.test_nothing_lost import nothing_is_half_done
from tests.faults.walls.browser import FORM_KEY, Answer, Browser, answer
from tests.faults.walls.conftest import references, site, world  # noqa: F401 - the fixtures of the walls' world
from tests.faults.walls.test_route_matrix import LEAVES_THE_SESSION, addresses, patterns
from tests.faults.walls.world import World
from tests.site import Site

SAMPLE = int(os.environ.get("ALONGSIDE_BAD_FORMS", "2000"))
"""Forms sent in the CI-sized run; ALONGSIDE_BAD_FORMS=0 sends them all."""
AT_ONCE = 4
ENOUGH_PAGES, ENOUGH_TRIES = 6, 3
"""Of one route: pages read for their forms by all, and addresses tried by one reader."""
PEOPLE = ("ella", "noah", "leah", "margaret")
READERS = ("sunita", "daniel", "amina", "priya", "helen", "grace", "kofi", "farah", "megan", "owen", "eleanor", "leah", "margaret", "joan", "ruth", "lewis", "")
OWN_STORES = ("draft", "django_session", "ledger_line")
"""A draft and a session keep what was typed, and are only their owner's; a line in the ledger says what was asked."""


@pytest.fixture(scope="module")
def forms(site: Site, world: World, references: list[uuid.UUID], django_db_blocker: DjangoDbBlocker) -> list[FoundForm]:  # noqa: F811
    """Every form that one of these readers meets, following the links of the product from page to page; and the finder's own answer, to which no link leads."""
    with django_db_blocker.unblock():
        beforehand.come_about(world, now())
    found, seen = Found(), Counter()

    def walk(who: str) -> list[tuple[str, str]]:
        own = ["/", "/my-work/", "/my-team/", *(f"/people/{world.made.people[one]}/" for one in PEOPLE), f"/people/{world.made.people['zara']}/protection/"]
        pages, known, ahead = [], set(), deque(own)
        guesses, mine = deque(path for path in addresses([], []) if "<" not in path), Counter[str]()
        with Browser(site, world.cookies.get(who, "")) as browser:
            while ahead or guesses:  # links first: a number that was guessed leads nowhere and would use up the tries
                guessed = not ahead
                path = (ahead or guesses).popleft()
                route = route_of(path)
                if path in known or (guessed and seen[route]) or path.lstrip("/").startswith(LEAVES_THE_SESSION) or (seen[route] >= ENOUGH_PAGES and path not in own) or mine[route] >= ENOUGH_TRIES:
                    continue
                known.add(path)
                mine[route] += 1
                got = browser.send("GET", path)
                if got.status == 200:
                    seen[route] += 1
                    pages.append((got.body, path))
                if got.status in (200, 403):  # a refusal says where else one may go
                    ahead.extend(links(got.body, path))
            pages.append((browser.send("POST", "/find/", encoded([("question", beforehand.A_STRANGER)])).body, "/find/"))
        return pages

    first, *others = READERS  # whoever keeps the partnership's books meets forms that nobody else does, before the tries are used up
    with ThreadPoolExecutor(AT_ONCE) as readers:
        for who, pages in [(first, walk(first)), *zip(others, readers.map(walk, others), strict=True)]:
            for page, path in pages:
                found.read(page, path, who)
    for route, (who, names) in NEEDS_MORE.items():
        for path in (path for path in addresses([], references[:1]) if route_of(path) == route):
            found.add(path, who, [(name, "Words that somebody typed.") for name in names], set(names))
    return list(found)


def posted() -> Iterator[tuple[str, object]]:
    """Every address that takes a form, but those of the sign-in library that guard themselves."""
    for route, view in routes(get_resolver().url_patterns):
        door = getattr(view, "entrance", None)
        if door and door.admits("POST"):
            yield route, view


BEHIND_A_PASSWORD = ("account/", "sign-in/", "^sign-in/", "agency/resets/")
"""Pages of the sign-in library that ask for a password or a code first, which the cast have none of; its own tests send them what is wrong."""
NEEDS_MORE = {
    "entries/<uuid:reference>/": ("kofi", ("step", "note")), "my-team/share-out/<int:relationship_id>/": ("priya", ("suggested", "to", "reason")),
    "decisions/<int:outcome_id>/": ("eleanor", ("goes", "because")), "worries/report/": ("daniel", ("about", "key", "kind", "headline", "account", "action_taken", "harm")),
    "framework/<int:run_id>/my-scores/": ("grace", ("step", "note")),
}
"""Pages on which the planted world may hold no form: who asks for them all the same, with whatever number stands in the address, and by which names."""


@pytest.fixture(scope="module")
def database(world: World) -> Iterator[psycopg.Connection]:  # noqa: F811
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name()), autocommit=True) as connection:
        yield connection


def send_each(site: Site, world: World, bodies: list[tuple[FoundForm, str, str]]) -> Iterator[tuple[FoundForm, str, Answer]]:  # noqa: F811
    def send(part: list[tuple[FoundForm, str, str]]) -> list[tuple[FoundForm, str, Answer]]:
        with ExitStack() as open_now:
            browsers = {who: open_now.enter_context(Browser(site, world.cookies.get(who, ""))) for who in {form.who for form, _, _ in part}}
            return [(form, what, browsers[form.who].send("POST", form.path, body or "&")) for form, what, body in part]

    with ThreadPoolExecutor(AT_ONCE) as senders:
        for answered in senders.map(send, [bodies[turn::AT_ONCE] for turn in range(AT_ONCE)]):
            yield from answered


def test_the_forms_of_the_product_are_met(forms: list[FoundForm]) -> None:
    met = {form.route for form in forms}
    unmet = {route for route, _ in posted() if route not in met and not route.startswith(BEHIND_A_PASSWORD)}
    assert not unmet, f"no page with a form was found for {sorted(unmet)}"
    assert any("account" in form.texts for form in forms)


def test_whatever_is_sent_to_a_form_is_answered_in_words(site: Site, world: World, forms: list[FoundForm], database: psycopg.Connection) -> None:  # noqa: F811
    chance = random.Random(31)
    ways = [[(form, what, body) for what, body in wrong_ways(form, chance)] for form in forms]
    every = list(itertools.chain.from_iterable(ways))
    if SAMPLE and len(every) > SAMPLE:  # of each form as many, so that none goes without
        share = max(1, SAMPLE // len(ways))
        every = list(itertools.chain.from_iterable(chance.sample(some, min(share, len(some))) for some in ways))
    faults, statuses = [], set()
    for form, what, got in send_each(site, world, every):
        statuses.add(got.status)
        if got.status >= 500:
            faults.append(f"{form.who} {form.path}: {what}: {got.status}")
    assert not faults, f"{len(faults)} faults of {len(every)}:\n" + "\n".join(sorted(faults)[:60])
    assert statuses >= {303, 422, 404}, statuses
    assert "Traceback" not in site.log
    assert_nothing_half_done(database)


def test_naming_any_column_beside_what_a_form_asks_changes_nothing(site: Site, world: World, forms: list[FoundForm], database: psycopg.Connection) -> None:  # noqa: F811
    before = powers(database)
    faults = [f"{form.path}: {got.status}" for form, _, got in send_each(site, world, [(form, "", every_column(form, forms)) for form in forms]) if got.status >= 500]
    assert not faults, "\n".join([*faults, site.log[-6000:]])
    assert not list(found_again(database)), "a value that no form asks for was written"
    assert powers(database) <= before, "somebody may more than before"
    assert_nothing_half_done(database)


def assert_nothing_half_done(database: psycopg.Connection) -> None:
    class Place:
        @staticmethod
        def ask(question: str) -> list[tuple]:
            return database.execute(question).fetchall()

    nothing_is_half_done(Place())  # type: ignore[arg-type]


def powers(database: psycopg.Connection) -> set[tuple]:
    """What would open something, if a form could be made to write it."""
    return set(database.execute("SELECT 'account', id, is_demo::text FROM account UNION ALL SELECT 'role', id, role || agency_id FROM practitioner UNION ALL SELECT 'floor', id, statutory_floor::text FROM information_need WHERE statutory_floor"))


def found_again(database: psycopg.Connection) -> Iterator[str]:
    """Where the marked values stand now."""
    for table, column, kind in database.execute("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('character varying', 'text', 'bigint', 'integer', 'jsonb', 'ARRAY')").fetchall():
        if table not in OWN_STORES:
            held = f"%{SENTINEL}%" if kind not in ("bigint", "integer") else str(NUMBER)
            asked = sql.SQL("SELECT count(*) FROM {} WHERE {}::text LIKE %s").format(sql.Identifier(table), sql.Identifier(column))
            if database.execute(asked, [held]).fetchone() != (0,):
                yield f"{table}.{column}"


# ── what no browser sends ────────────────────────────────────────────────────────────────────────────────────────────

BODIES = {
    "a content type that is none": ("nonsense", b"a=b"), "another character set": ("application/x-www-form-urlencoded; charset=utf-16", "headline=x".encode("utf-16")),
    "a character set that is none": ("application/x-www-form-urlencoded; charset=no-such", b"headline=%E9"), "base64 as a character set": ("application/x-www-form-urlencoded; charset=base64", b"headline=x"),
    "json": ("application/json", b'{"headline": "\\ud800"}'), "no boundary": ("multipart/form-data", b"--x\r\n"), "a part cut short": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="headline"\r\n\r\nhalf'),
    "a file where words belong": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="headline"; filename="a\x00.pdf"\r\nContent-Type: text/html\r\n\r\n<b>\r\n--x--\r\n'),
    "words where a file belongs": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="attachment"\r\n\r\nC:\\letter.pdf\r\n--x--\r\n'),
    "a strange transfer encoding": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="headline"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--\r\n'),
    "a name that is no text": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nx\r\n--x--\r\n'),
}


def test_a_body_that_is_no_form_is_answered_in_words_everywhere(site: Site, world: World, forms: list[FoundForm]) -> None:  # noqa: F811
    dice, wrong = random.Random(13), []
    once = list({form.route: form for form in forms if not form.comes_last}.values())
    for what, (kind, body) in BODIES.items():
        for form in dice.sample(once, min(len(once), 15)):
            with Browser(site, world.cookies.get(form.who, "")) as browser:
                got = raw(browser, form.path, kind, body)
                if got.status >= 500:
                    wrong.append(f"{form.path}: {what}: {got.status}")
    assert not wrong, "\n".join(wrong)


def raw(browser: Browser, path: str, kind: str, body: bytes) -> Answer:
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", browser.site.port, timeout=30)
    try:
        line.request("POST", path, body, {"Cookie": f"alongside={browser.session}; alongside-form={FORM_KEY}", "X-CSRFToken": FORM_KEY, "Origin": browser.site.url, "Content-Type": kind})
        got = line.getresponse()
        return answer(got, got.read())
    finally:
        line.close()


ASKED = ("page", "before", "upto", "older_than", "q", "kind", "order", "whose", "topic", "agency", "practitioner", "what", "words", "audience", "decided", "since", "until", "form", "next", "look_for")
QUESTIONS = ("\x00", "-1", "0", "99999999999999999999", "\u0663", "\u00b2", "x" * 6000, "\ud800", "../..", "1e9", "\u202e", "%", "31/02/2026", "0000-00-00")


def test_whatever_stands_in_an_address_is_answered_in_words(site: Site, world: World, references: list[uuid.UUID]) -> None:  # noqa: F811
    dice, wrong = random.Random(5), []
    plain = [path for path in addresses([world.made.people["ella"], world.made.people["leah"], 2**62, 2**63, 10**30, 0], references[:2]) if not path.lstrip("/").startswith(LEAVES_THE_SESSION)]
    plain = dice.sample(plain, min(len(plain), SAMPLE // 4)) if SAMPLE else plain
    asks = [(dice.choice(READERS[:-1]), f"{path}?{encoded((name, dice.choice(QUESTIONS)) for name in ASKED)}") for path in plain]
    for who in READERS:
        with Browser(site, world.cookies.get(who, "")) as browser:
            for path in (path for reader, path in asks if reader == who):
                if browser.send("GET", path).status >= 500:
                    wrong.append(f"{who} {path[:200]}")
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(sorted(wrong)[:40])
    assert list(patterns())
