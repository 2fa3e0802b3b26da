"""What every journey in a real browser needs: windows wide and narrow, with and without script, and one check that looks a page over.

    def test_inbox(page, demo_site):                  # four times: 1200 and 320 px, with and without script
        sign_in_as(page, demo_site, "Amina Khan")
        presses = Presses(page)
        presses.press(page.get_by_role("link", name="Inbox"))
        check_page(page)
        presses.must_be_within(presses=2, pages=2)

One window only: `@pytest.mark.parametrize("window", [WIDE])`.
"""

import contextlib
import hashlib
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from alongside.cli.tarnside.cast import PRACTITIONERS
from tests.faults.walls.browser import FORM_KEY
from tests.site import Site

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread; our tests are synchronous all the same

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HARMLESS = ("[DOM] Password forms should have",)
_console: "WeakKeyDictionary[Page, list[str]]" = WeakKeyDictionary()
_still: "WeakKeyDictionary[Browser, dict[tuple[int, int, str], Page]]" = WeakKeyDictionary()
_passed: set[tuple[str, str]] = set()
"""Windows, each with what stood in it when axe found nothing wrong: the same again need not be asked again."""


@dataclass(frozen=True)
class Window:
    width: int
    script: bool = True

    def __str__(self) -> str:
        return f"{self.width}px{'' if self.script else ', no script'}"


WIDE, NARROW = Window(1200), Window(320)
WIDE_WITHOUT_SCRIPT, NARROW_WITHOUT_SCRIPT = Window(1200, script=False), Window(320, script=False)
LONGEST = 300
ALL_FOUR = [WIDE, NARROW, WIDE_WITHOUT_SCRIPT, NARROW_WITHOUT_SCRIPT]
ENDS = [WIDE, NARROW_WITHOUT_SCRIPT]
_windows: "WeakKeyDictionary[Browser, dict[Window, BrowserContext]]" = WeakKeyDictionary()
WINDOWS = ALL_FOUR if os.environ.get("ALONGSIDE_WINDOWS") == "all" else ENDS
"""In the CI-sized run the two ends: each width once, each with and without script once. ALONGSIDE_WINDOWS=all walks all four."""


@pytest.fixture(params=WINDOWS, ids=str)
def window(request: pytest.FixtureRequest) -> Window:
    return request.param


@pytest.fixture
def page(browser: Browser, window: Window) -> Iterator[Page]:
    """A page without the cookies and routes of the one before it, in the same window: a new window costs more than most pages do. Our pages keep nothing else."""
    windows = _windows.setdefault(browser, {})
    context = windows.pop(window, None) or new_window(browser, window)
    with nobody_waits_for_ever():
        before, page = context.pages, context.new_page()
        for each in before:  # the last one was left open until now, so that what draws it need not start again
            each.close()
        yield watched(page)
        if not page.is_closed():
            page.goto("about:blank")
        _forget(context, page)
    windows[window] = context


@contextlib.contextmanager
def page_of_its_own(browser: Browser, window: Window) -> Iterator[Page]:
    """For a test that leaves something behind that cannot be taken back, such as a clock."""
    context = new_window(browser, window)
    with nobody_waits_for_ever():
        yield watched(context.new_page())
        _forget(context, None)
        context.close()


def new_window(browser: Browser, window: Window) -> BrowserContext:
    context = browser.new_context(viewport={"width": window.width, "height": 900}, java_script_enabled=window.script, locale="en-GB")
    context.set_default_timeout(10_000)
    return context


def _forget(context: BrowserContext, kept: Page | None) -> None:
    for each in context.pages:
        each.unroute_all(behavior="ignoreErrors")  # closing waits for ever for an answer that a test's own route still owes
        if each is not kept:
            each.close()
    context.clear_cookies()


@contextlib.contextmanager
def nobody_waits_for_ever() -> Iterator[None]:
    """What a page is asked to work out has no time limit of its own; a browser that stops answering must fail one test, not hold up all."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"The browser has not answered for {LONGEST} seconds.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def watched(page: Page) -> Page:
    """Write down whatever the page complains about, for check_page."""
    said = _console.setdefault(page, [])

    def note(message: ConsoleMessage) -> None:
        # The browser also reports that the page itself was answered with a 4xx, which a test of that page knows already.
        own_status = message.text.startswith("Failed to load resource") and message.location.get("url", "").split("#")[0] == page.url.split("#")[0]
        if not own_status and not any(words in message.text for words in HARMLESS):
            said.append(f"{message.type}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda problem: said.append(f"error: {problem}"))
    return page


def check_page(page: Page) -> None:
    """Accessible as far as a machine can tell, quiet, no wider than the window, with headings in order and no id twice."""
    page.wait_for_load_state()
    page.locator("h1").first.wait_for()
    where = f"{page.url} at {page.viewport_size['width']}px"  # type: ignore[index]
    complaints = [*_said(page), *_look_over(page), *_axe(page)]
    assert not complaints, f"{where}:\n" + "\n".join(complaints)


def _said(page: Page) -> list[str]:
    said = list(_console.get(page, []))
    _console.get(page, []).clear()
    return said


def _look_over(page: Page) -> list[str]:
    found: dict[str, object] = page.evaluate(
        """() => {
            const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
            return {
                title: document.title, language: document.documentElement.lang,
                wide: document.documentElement.scrollWidth, window: window.innerWidth,
                twice: ids.filter((id, place) => ids.indexOf(id) !== place),
                headings: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((one) => Number(one.tagName[1])),
                inline: document.querySelectorAll("[style],[onclick],style").length,
            };
        }"""
    )
    headings = list(found["headings"])  # type: ignore[call-overload]
    complaints = {
        "it has no title of its own": str(found["title"]).removeprefix("Error: ").split(" – ")[0].strip() in ("", "Alongside"),
        "it does not say that it is in English": found["language"] != "en-GB",
        f"it is {found['wide']}px wide": int(str(found["wide"])) > int(str(found["window"])),
        f"ids stand twice: {found['twice']}": bool(found["twice"]),
        f"it must have one h1: {headings}": headings.count(1) != 1,
        f"a heading level is left out: {headings}": any(after > before + 1 for before, after in zip(headings, headings[1:], strict=False)),
        "it has inline style or script, which the policy forbids": bool(found["inline"]),
    }
    return [complaint for complaint, true in complaints.items() if true]


def _axe(page: Page) -> list[str]:
    script = bool(page.evaluate("document.body.classList.contains('js-enabled')"))
    seen = f"{page.viewport_size} {script} {page.evaluate('matchMedia(`print`).matches')}", _drawn(page)
    if seen in _passed:
        return []
    if script:
        page.evaluate(AXE)
        wrong = _violations(page)
    else:
        wrong = _violations(_as_it_stands(page))
    if not wrong:
        _passed.add(seen)
    return wrong


def _drawn(page: Page) -> str:
    """The page without what differs each time and changes nothing for whoever cannot see: keys, numbers and the names of things."""
    html = re.sub(r'\b(nonce|value|href|action)="[^"]+"', r"\1", page.content())
    return hashlib.sha256(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{6,}|\d+", "0", html).encode()).hexdigest()


def _as_it_stands(page: Page) -> Page:
    """axe is a script, so a page without script is shown again, scripts taken out, where axe may run: always in the same window, which has read axe and the styles before."""
    still = _still_window(page)
    still.evaluate("address => history.replaceState(null, '', address)", page.url)
    still.set_content(re.sub(r"<script.*?</script>", "", page.content(), flags=re.DOTALL).replace("noscript>", "div>"))
    return still


def _still_window(page: Page) -> Page:
    """One for each size and site, on a page of that site, so that addresses and styles are the site's own."""
    browser = page.context.browser
    assert browser and page.viewport_size
    windows = _still.setdefault(browser, {})
    of = page.viewport_size["width"], page.viewport_size["height"], page.url[: page.url.index("/", len("https://")) + 1]
    if of not in windows:
        windows[of] = still = browser.new_context(viewport=page.viewport_size).new_page()
        still.set_default_timeout(10_000)
        still.route(of[2], lambda route: route.fulfill(body="", content_type="text/html; charset=utf-8"))
        still.goto(of[2])
        still.unroute_all()
        still.evaluate(AXE)
    return windows[of]


def _violations(page: Page) -> list[str]:
    wrong: list[dict[str, Any]] = page.evaluate(
        "what => axe.run(what).then(({violations, incomplete}) => [...violations, ...incomplete.filter((doubt) => doubt.id.startsWith('duplicate-id'))])",
        {"runOnly": STANDARDS, "resultTypes": ["violations", "incomplete"]},
    )
    return [f"axe {rule['id']}: {rule['help']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in wrong]


class Presses:
    """Counts what a journey costs: presses of links and buttons, and pages loaded."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.pages = page, 0, 0
        page.wait_for_load_state()  # the page that is still coming in is the one before the first press
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, page: Page) -> None:
        self.pages += 1

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()
        self.page.wait_for_load_state()

    def must_be_within(self, *, presses: int, pages: int) -> None:
        assert self.presses <= presses and self.pages <= pages, f"{self.presses} presses and {self.pages} pages; at most {presses} and {pages} are allowed"


def sign_in_as(page: Page, site: Site, name: str) -> None:
    """As one of the demo's invented people, from where one is: without the pages of signing in, which nobody looks at here and which cost more than most others."""
    key = next((one.key for one in PRACTITIONERS if name in one.name), name.lower())
    page.context.add_cookies([{"name": "alongside-form", "value": FORM_KEY, "url": site.url}])
    answer = page.request.post(f"{site.url}/demo/sign-in/", form={"account": key}, headers={"X-CSRFToken": FORM_KEY}, max_redirects=0)
    assert answer.status == 302, answer.text()


def sign_in_by_press(page: Page, site: Site, name: str) -> None:
    """By one press on the demo's page, and be where they begin."""
    page.goto(f"{site.url}/demo/sign-in/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
