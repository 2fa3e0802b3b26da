"""A supervisor's week, and a practitioner's view of who is involved: nobody is forgotten, and it takes few presses."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import NARROW_WITHOUT_SCRIPT, WIDE, WINDOWS, Presses, check_page, sign_in_as, sign_in_by_press
from tests.site import Site


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_supervisor_answers_what_is_late_in_two_presses_or_telephones_in_three(page: Page, demo_site: Site) -> None:
    late = open_a_board_with_something_late(page, demo_site)
    check_page(page)
    presses = Presses(page)
    presses.press(late)
    check_page(page)
    acknowledge = page.get_by_role("button", name="Acknowledge for your team")
    if acknowledge.count():
        presses.press(acknowledge)
        expect(page.locator("body")).to_contain_text("Acknowledged for your team")
        presses.must_be_within(presses=2, pages=3)
    else:
        presses.press(page.get_by_text("Telephone", exact=True))
        page.get_by_label("Whom did you reach, and what was said?").fill("The duty desk. They will read it at two.")
        presses.press(page.get_by_role("button", name="Note the call"))
        expect(page.locator("body")).to_contain_text("The call is noted")
        presses.must_be_within(presses=3, pages=3)
    check_page(page)


def open_a_board_with_something_late(page: Page, site: Site) -> Locator:
    """What is late in the demo moves with its story and with the windows before this one; somebody's board always has something."""
    for name in ("Helen Marsh", "Ruth Ellis", "Moira Blake", "Peter Lund", "Grace Adeyemi"):
        sign_in_as(page, site, name)
        page.goto(f"{site.url}/my-team/")
        found = page.locator("main a.work-row__title[href*='/my-team/shares/']")
        if found.count():
            return found.first
    raise AssertionError("nothing is late on any board")


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_a_supervisor_sees_how_each_stands_their_caseload_and_the_list_for_supervision(page: Page, demo_site: Site) -> None:
    sign_in_by_press(page, demo_site, "Ruth Ellis")
    presses = Presses(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("My team")
    expect(page.locator(".work-row", has=page.get_by_role("link", name="Amina Khan"))).to_contain_text(re.compile(r"Works with [1-9]\d* people"))
    presses.press(page.get_by_role("link", name="Amina Khan"))
    expect(page.locator("main")).to_contain_text("Noah Turner")
    check_page(page)
    presses.press(page.get_by_role("link", name=re.compile("Noah")).first)
    expect(page.locator(".identity")).to_contain_text("Noah")
    presses.must_be_within(presses=2, pages=2)
    page.goto(f"{demo_site.url}/my-team/supervision/")
    expect(page.locator("main")).to_contain_text("Amina Khan, Family nurse")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_somebody_else_meets_no_board(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    for there in ("/my-team/", "/agency/", "/agency/practitioners/add/", "/my-team/supervision/"):
        answer = page.goto(demo_site.url + there)
        assert answer is not None
        assert answer.status == 404, there


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_cover_is_arranged_and_shows_to_everybody(page: Page, demo_site: Site) -> None:
    sign_in_by_press(page, demo_site, "Moira Blake")
    page.get_by_role("link", name="PC Lewis Carter").click()
    page.wait_for_load_state()
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Arrange cover"))
    check_page(page)
    page.get_by_label("Who stands in?").select_option(label=page.locator("#id_covering option").nth(1).inner_text())
    for name, day, year in (("first_day", "1", "2030"), ("last_day", "8", "2030")):
        page.locator(f"[name={name}_day]").fill(day)
        page.locator(f"[name={name}_month]").fill("3")
        page.locator(f"[name={name}_year]").fill(year)
    page.get_by_label("Why").fill("Annual leave")
    presses.press(page.get_by_role("button", name="Arrange", exact=True))
    expect(page.locator("main")).to_contain_text("Away from 1 March 2030")
    check_page(page)
    presses.press(page.get_by_role("button", name="They are back"))
    expect(page.locator("main")).not_to_contain_text("Away from")


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_who_is_involved_is_there_to_read_and_a_supervisor_changes_it(page: Page, demo_site: Site) -> None:
    sign_in_by_press(page, demo_site, "Ruth Ellis")
    page.get_by_role("link", name="Amina Khan").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Leah Turner", exact=True).click()
    page.wait_for_load_state()
    page.goto(page.url.split("?")[0].rstrip("/") + "/involvement/")
    expect(page.locator("main")).to_contain_text("Amina Khan, Family nurse")
    expect(page.locator("main")).to_contain_text("Leads")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Allocate somebody"))
    check_page(page)
    page.get_by_label("Who will work with them?").select_option(label=page.locator("#id_to option", has_text="Ruth Ellis").first.inner_text())
    page.get_by_label("Why").fill("Second pair of eyes for a month")
    presses.press(page.get_by_role("button", name="Allocate", exact=True))
    expect(page.locator("body")).to_contain_text("Allocated.")
    expect(page.locator("main")).to_contain_text("Second pair of eyes for a month")
    check_page(page)
    presses.press(page.get_by_role("link", name="End or hand over (Ruth Ellis, Family nurse supervisor)"))
    check_page(page)
    page.get_by_label("End it: nobody takes over").check()
    page.get_by_label("Why").fill("The month is over")
    presses.press(page.get_by_role("button", name="Save"))
    expect(page.locator("body")).to_contain_text("Done.")
    presses.must_be_within(presses=4, pages=6)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_anybody_at_work_finds_who_knows_what_and_whom_to_ring(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Joan Whitty")
    page.goto(f"{demo_site.url}/who-is-who/")
    expect(page.locator("main")).to_contain_text("Duty 01632 960 101")
    check_page(page)
    page.get_by_label("Name, agency, team, profession or what they know").fill("domestic abuse")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Daniel Osei")
    check_page(page)
    page.get_by_role("link", name="Tarnside Council Children's Services").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tarnside Council Children's Services")
    expect(page.locator("main")).to_contain_text("E06999901")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_wrong_numbers_and_days_are_said_beside_the_field_and_nothing_typed_is_lost(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Kofi Mensah")
    page.goto(f"{demo_site.url}/agency/details/")
    page.get_by_label("ODS code").fill("!!")
    page.get_by_label("School URN").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("An ODS code has three to twelve letters and digits")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("A school's URN has six digits")
    assert page.get_by_label("School URN").input_value() == "12"
    check_page(page)
    page.get_by_label("ODS code").fill("Z99901")
    page.get_by_label("School URN").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("This number belongs to another agency")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_a_leaver_cannot_leave_while_anybody_depends_on_them(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Moira Blake")
    page.goto(f"{demo_site.url}/agency/")
    page.get_by_role("link", name="PC Lewis Carter").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="They are leaving").click()
    expect(page.locator("main")).to_contain_text("people they work with")
    check_page(page)
    page.get_by_role("button", name="End the account").click()
    expect(page.locator("main")).to_contain_text("The account cannot end yet")
    check_page(page)
    page.get_by_role("button", name="Hand everything over").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hand everything over")
    check_page(page)
