"""Partners say privately how it is to work together, promise and settle, guess and differ; an outsider to a partnership finds nothing."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import WIDE, WINDOWS, check_page, sign_in_as
from tests.site import Site


def trust_of(page: Page, site: Site, who: str) -> None:
    sign_in_as(page, site, who)
    page.goto(f"{site.url}/partnership/1/trust/")


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_nurse_answers_the_pulse_and_reads_what_five_people_said_and_no_fewer(page: Page, demo_site: Site) -> None:
    trust_of(page, demo_site, "Amina Khan")
    expect(page.locator("main")).to_contain_text("Tarnside Police")
    check_page(page)
    page.get_by_role("button", name="Answer it").click()
    check_page(page)
    page.get_by_role("link", name="Millbrook Primary School").click()
    for label in page.get_by_role("radio", name="Mostly").all():
        label.check()
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body")).to_contain_text("Nobody reads what you said of Millbrook Primary School")
    page.goto(f"{demo_site.url}/partnership/1/trust/")
    page.get_by_role("link", name="Value received, trust given").click()
    expect(page.locator("main")).to_contain_text("Fewer than five people: not shown")
    check_page(page)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_promise_is_given_and_settled_by_whom_it_was_given_to(page: Page, demo_site: Site) -> None:
    what = f"Ring before the visit {uuid4().hex[:6]}"
    trust_of(page, demo_site, "Grace Adeyemi")
    page.get_by_role("link", name="All promises, and a new one").click()
    check_page(page)
    page.get_by_role("button", name="Promise something").click()
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Say what you promise")
    page.get_by_label("Who is it given to?").select_option(label="Tarnside Police")
    page.get_by_label("What do you promise?").fill(what)
    for label, value in (("Day", "1"), ("Month", "6"), ("Year", "2030")):
        page.get_by_label(label, exact=True).fill(value)
    check_page(page)
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator("main")).to_contain_text(what)
    page.get_by_role("link", name=what).click()
    address = page.url
    expect(page.get_by_role("button", name="Settle it")).to_have_count(0)
    trust_of(page, demo_site, "Sgt Moira Blake")
    page.goto(address)
    check_page(page)
    page.get_by_label("We let them go from it").check()
    page.get_by_role("button", name="Settle it").click()
    expect(page.locator("main")).to_contain_text("Let go")


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_pressures_are_guessed_and_differences_stand_side_by_side(page: Page, demo_site: Site) -> None:
    trust_of(page, demo_site, "PC Lewis Carter")
    page.get_by_role("link", name="What weighs on Millbrook Primary School").click()
    for place, field in enumerate(page.locator("main select").all(), start=1):
        field.select_option(value=str(place))
    check_page(page)
    page.get_by_role("button", name="Save my guess").click()
    expect(page.locator("body")).to_contain_text("You see how near you came when it closes")
    page.goto(f"{demo_site.url}/partnership/1/trust/pressures/")
    page.get_by_role("link", name="What weighs on Tarnside Police").first.click()
    expect(page.locator("main")).to_contain_text("Calls at night with two cars")
    check_page(page)
    page.goto(f"{demo_site.url}/partnership/1/trust/differences/")
    check_page(page)
    page.get_by_role("link", name="When a baby who cannot roll has a bruise").click()
    expect(page.locator("main")).to_contain_text("Refer as significant harm")
    check_page(page)
    page.goto(f"{demo_site.url}/partnership/1/trust/expertise/")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_whoever_works_for_no_partner_finds_no_such_page(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    for path in ("partnership/3/trust/", "partnership/3/trust/promises/", "partnership/3/trust/differences/", "trust/promises/99999/"):
        answer = page.goto(f"{demo_site.url}/{path}")
        assert answer is not None and answer.status == 404, path
