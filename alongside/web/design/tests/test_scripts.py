"""What the page's own scripts do. The server's side is played by the test."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.browser import WIDE, Window, check_page, page_of_its_own
from tests.site import Site

pytestmark = pytest.mark.parametrize("window", [WIDE])
Change = Callable[[str], str]


@pytest.fixture
def page(browser: Browser, window: Window) -> Iterator[Page]:
    """Some stop the clock of their window, which nobody can start again."""
    with page_of_its_own(browser, window) as page:
        yield page


def open_changed(page: Page, site: Site, change: Change = lambda html: html, query: str = "") -> None:
    """The gallery, with its HTML changed on the way."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(re.compile(r"/design/(\?.*)?$"), answer)
    page.goto(f"{site.url}/design/{query}")


def with_draft(html: str) -> str:
    return html.replace('<form action="/design/" method="post" enctype', '<form data-draft-url="/drafts/1/" data-draft-revision="4" action="/design/" method="post" enctype')


class DraftServer:
    """Keeps what it is sent; answers as it is told to."""

    def __init__(self, page: Page) -> None:
        self.kept: list[dict[str, list[str]]] = []
        self.status = 200
        self.held: list[Callable[[], None]] | None = None
        page.route("**/drafts/1/", self.answer)

    def answer(self, route: Route) -> None:
        if self.status == 0:
            route.abort()
            return
        self.kept.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        body = {"saved_at": "10:42", "revision": str(4 + len(self.kept))} if self.status == 200 else {"error": "no"}
        if self.held is None:
            route.fulfill(status=self.status, body=json.dumps(body), content_type="application/json")
        else:
            self.held.append(lambda: route.fulfill(status=self.status, body=json.dumps(body), content_type="application/json"))


def test_a_draft_is_sent_when_a_field_is_left_and_every_ten_seconds(page: Page, site: Site) -> None:
    page.clock.install()
    server = DraftServer(page)
    open_changed(page, site, with_draft)
    story = page.get_by_label("What did you see and hear?")
    story.fill("Cold\nin the flat")
    story.blur()
    expect(page.get_by_text("Saved 10:42")).to_be_visible()
    assert server.kept[0]["story"] == ["Cold\r\nin the flat"] or server.kept[0]["story"] == ["Cold\nin the flat"]
    assert server.kept[0]["draft_revision"] == ["4"] and server.kept[0]["csrfmiddlewaretoken"][0]
    story.press_sequentially("!")
    page.clock.run_for(10_500)
    expect(page.locator(".draft-status")).to_have_text("Saved 10:42")
    assert len(server.kept) == 2 and server.kept[1]["draft_revision"] == ["5"]
    page.clock.run_for(60_000)
    assert len(server.kept) == 2, "nothing changed, nothing is sent"
    check_page(page)


def test_what_is_typed_while_a_draft_is_on_its_way_is_sent_after_it(page: Page, site: Site) -> None:
    page.clock.install()
    server = DraftServer(page)
    server.held = []
    open_changed(page, site, with_draft)
    story, name = page.get_by_label("What did you see and hear?"), page.get_by_label("Full name")
    with page.expect_request("**/drafts/1/"):
        story.fill("Cold")
        name.fill("Ann")
    name.blur()
    answer, server.held = server.held, None
    with page.expect_response("**/drafts/1/"), page.expect_request("**/drafts/1/"):
        answer[0]()
    expect(page.get_by_text("Saved 10:42")).to_be_visible()
    assert [(kept["story"], kept["draft_revision"]) for kept in server.kept] == [(["Cold"], ["4"]), (["Cold"], ["5"])]
    assert "Ann" in sum(server.kept[1].values(), [])


def test_nothing_is_kept_in_the_browser(page: Page, site: Site) -> None:
    DraftServer(page)
    open_changed(page, site, with_draft)
    page.get_by_label("What did you see and hear?").fill("Private")
    page.get_by_label("Full name").focus()
    expect(page.get_by_text("Saved 10:42")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("({...sessionStorage})") == {"htmx-current-path-for-history": "/design/"}, "the address only, as in the browser's own history"


def test_a_draft_that_cannot_be_saved_says_so_and_tries_again(page: Page, site: Site) -> None:
    page.clock.install()
    server = DraftServer(page)
    open_changed(page, site, with_draft)
    server.status = 0
    page.get_by_label("What did you see and hear?").fill("Do not lose this")
    page.get_by_label("Full name").focus()
    expect(page.get_by_role("alert").filter(has_text="Not saved: no connection")).to_be_visible()
    server.status = 409
    page.clock.run_for(10_500)
    expect(page.get_by_role("alert").filter(has_text="changed in another window")).to_be_visible()
    server.status = 200
    page.clock.run_for(10_500)
    expect(page.get_by_text("Saved 10:42")).to_be_visible()


def test_after_signing_in_again_elsewhere_the_draft_goes_on_with_the_new_key(page: Page, site: Site) -> None:
    server = DraftServer(page)
    page.route("**/account/still-here/", lambda route: route.fulfill(json={"ends_in": 1800, "csrf": "new-key"}))
    open_changed(page, site, with_draft)
    server.status = 403
    page.get_by_label("What did you see and hear?").fill("Still here")
    with page.expect_request("**/account/still-here/"):
        page.get_by_label("Full name").focus()
    expect(page.get_by_role("alert").filter(has_text="you can no longer write here")).to_be_visible()
    assert [kept["csrfmiddlewaretoken"] for kept in server.kept][-1] == ["new-key"]


def test_signed_out_while_writing(page: Page, site: Site) -> None:
    server = DraftServer(page)
    page.route("**/account/still-here/", lambda route: route.fulfill(status=401, json={}))
    open_changed(page, site, with_draft)
    server.status = 401
    page.get_by_label("What did you see and hear?").fill("Still here")
    page.get_by_label("Full name").focus()
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert page.get_by_label("What did you see and hear?").input_value() == "Still here"


def test_warned_before_signed_out_and_staying(page: Page, site: Site) -> None:
    page.clock.install()
    page.route("**/account/still-here/", lambda route: route.fulfill(json={"ends_in": 1800, "csrf": "new-key"}))
    open_changed(page, site)
    page.clock.run_for(27 * 60_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.run_for(70_000)
    expect(page.get_by_role("dialog", name="Are you still there?")).to_contain_text("2 minutes")
    page.clock.run_for(60_000)
    expect(page.get_by_role("dialog")).to_contain_text("1 minute")
    check_page(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator("[name=csrfmiddlewaretoken]").first.input_value() == "new-key"


def test_time_is_over_and_the_page_is_left(page: Page, site: Site) -> None:
    page.clock.install()
    open_changed(page, site)
    page.clock.run_for(31 * 60_000)
    page.wait_for_url("**/sign-in/?next=%2Fdesign%2F&ended=1")
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()


def test_time_is_over_but_text_is_unsaved(page: Page, site: Site) -> None:
    page.clock.install()
    server = DraftServer(page)
    open_changed(page, site, with_draft)
    server.status = 0
    page.get_by_label("What did you see and hear?").fill("Do not lose this")
    page.clock.run_for(31 * 60_000)
    covering = page.get_by_role("dialog", name="You have been signed out")
    expect(covering).to_be_visible()
    page.keyboard.press("Escape")
    expect(covering).to_be_visible()
    page.route("**/account/still-here/", lambda route: route.fulfill(json={"ends_in": 1800, "csrf": "new-key"}))
    page.get_by_role("button", name="I have signed in: carry on").click()
    expect(covering).to_have_count(0)
    assert page.get_by_label("What did you see and hear?").input_value() == "Do not lose this"


def test_keys_find_help_and_a_new_entry_but_not_while_typing(page: Page, site: Site) -> None:
    open_changed(page, site)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys you can press")).to_be_visible()
    check_page(page)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.url.endswith("#new")
    page.get_by_label("Full name").focus()
    page.keyboard.type("n/?")
    assert page.get_by_label("Full name").input_value() == "n/?"
    page.get_by_label("Full name").blur()
    with page.expect_request("**/find/"):
        page.keyboard.press("/")


def test_keys_can_be_switched_off(page: Page, site: Site) -> None:
    open_changed(page, site, lambda html: re.sub(r' data-shortcuts="[^"]*"', "", html))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_quick_exit_replaces_the_page_and_ends_the_session(page: Page, site: Site) -> None:
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url) if request.url.endswith("/leave/") else None)
    for leave in (lambda: page.get_by_role("link", name="Leave this site").click(), lambda: [page.keyboard.press("Shift") for _ in range(3)]):
        page.goto(f"{site.url}/accessibility/")
        open_changed(page, site, query="?audience=person")
        leave()
        page.wait_for_url("https://www.bbc.co.uk/weather")
        page.go_back()
        assert "/design/" not in page.url
    assert len(left) == 2
