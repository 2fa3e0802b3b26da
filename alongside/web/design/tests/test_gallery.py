"""Every part of the design, looked over in a real browser: wide and narrow, with and without script."""

import pytest
from playwright.sync_api import Page

from alongside.web.design.frame import Audience
from alongside.web.design.gallery import ERROR_PAGES
from tests.journeys.browser import NARROW, WIDE, WIDE_WITHOUT_SCRIPT, Window, check_page
from tests.site import Site


@pytest.mark.parametrize("audience", ["practitioner", "person"])
def test_gallery(page: Page, site: Site, audience: str) -> None:
    page.goto(f"{site.url}/design/?audience={audience}")
    check_page(page)


@pytest.mark.parametrize("window", [NARROW])
@pytest.mark.parametrize("audience", [audience for audience in Audience if audience not in ("practitioner", "person")])
def test_other_frames(page: Page, site: Site, audience: str) -> None:
    page.goto(f"{site.url}/design/?audience={audience}")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW])
def test_large_print(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/design/?audience=person&large=1")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 22, "16 point and more"
    check_page(page)


@pytest.mark.parametrize("window", [NARROW, WIDE_WITHOUT_SCRIPT])
@pytest.mark.parametrize("kind", ERROR_PAGES)
def test_error_pages(page: Page, site: Site, kind: str) -> None:
    answer = page.goto(f"{site.url}/design/errors/{kind}/")
    assert answer and answer.status >= 400
    check_page(page)


def test_a_form_with_errors_says_so_and_keeps_what_was_typed(page: Page, site: Site, window: Window) -> None:
    page.goto(f"{site.url}/design/")
    page.get_by_label("Full name").fill("Mary <Seacole> & “Co”")
    page.get_by_label("NHS number").fill("943 476 591")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("Feb")
    page.get_by_label("Year").fill("1945")
    page.get_by_label("What did you see and hear?").fill("\n  First line\n\nthird <line>")
    page.get_by_role("checkbox", name="GP").check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.title() == "Error: Design gallery – Alongside"
    if window.script:
        assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    assert page.get_by_label("Full name").input_value() == "Mary <Seacole> & “Co”"
    assert page.get_by_label("NHS number").input_value() == "943 476 591"
    assert [page.get_by_label(part).input_value() for part in ("Day", "Month", "Year")] == ["31", "Feb", "1945"]
    assert page.get_by_label("What did you see and hear?").input_value() == "\n  First line\n\nthird <line>"
    assert page.get_by_role("checkbox", name="GP").is_checked()
    page.get_by_role("link", name="Date of birth must be a real date").click()
    if window.script:
        assert page.evaluate("document.activeElement.id") == "id_born_day"
    check_page(page)


def test_first_key_leads_past_the_frame(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/design/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"


@pytest.mark.parametrize("window", [WIDE])
def test_nothing_is_fetched_from_elsewhere(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/design/?audience=person", wait_until="networkidle")
    assert [address for address in asked if not address.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("window", [WIDE])
def test_print_leaves_out_what_cannot_be_pressed_and_every_address(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/design/?audience=person")
    page.emulate_media(media="print")
    for hidden in (".frame-navigation", ".frame-account", ".frame-footer", ".quick-exit", ".nhsuk-button"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".identity").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.timeline a'), '::after').content") == "none"
