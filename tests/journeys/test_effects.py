"""A partner says what undoes its work, somebody takes it on; a mother who was told two different things says so and is answered; partners offer, ask and give."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import WIDE, WINDOWS, check_page, sign_in_as
from tests.site import Site


def day(page: Page, *, year: str = "2030") -> None:
    for label, value in (("Day", "1"), ("Month", "6"), ("Year", year)):
        page.get_by_label(label, exact=True).fill(value)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_partner_says_what_works_against_it_and_somebody_takes_it_on(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Grace Adeyemi")
    page.goto(f"{demo_site.url}/partnership/1/")
    page.get_by_role("link", name="What works against what", exact=True).click()
    expect(page.locator("main")).to_contain_text("fewer than five people, not shown")
    check_page(page)
    page.get_by_role("link", name="A call to the school before half past eight", exact=True).click()
    check_page(page)
    page.get_by_label("No child is met unprepared").select_option(value="3")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body")).to_contain_text("Nobody else sees it before the end")
    page.get_by_role("link", name="Beds are freed by eleven in the morning, People trust us").click()
    expect(page.locator("main")).to_contain_text("People said in the last year that they were told two different things here")
    check_page(page)
    if page.get_by_role("button", name="Say who sees to it").count():
        page.get_by_role("button", name="Say who sees to it").click()
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".nhsuk-error-summary")).to_contain_text("Say what will change")
        page.get_by_label("Who sees to it?").select_option(label="Kofi Mensah, Ward manager, Tarnside General Hospital NHS Trust")
        page.get_by_label("What will change?").fill("The ward rings home support before it writes down what to do on the stairs")
        day(page)
        check_page(page)
        page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Kofi Mensah")
    check_page(page)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_mother_who_was_told_two_different_things_says_so_and_is_answered(page: Page, demo_site: Site) -> None:
    about = f"Sleeping {uuid4().hex[:6]}"
    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/my-record/")
    page.get_by_role("button", name="I was told two different things").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Write what you were told")
    check_page(page)
    page.get_by_label("Who told you one thing?").select_option(label="Tarnside Community Health NHS Trust")
    page.get_by_label("What was it about?").fill(about)
    page.get_by_label("What were you told?").fill("One says on his back, one says on his side.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("You have an answer by")
    check_page(page)
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/my-work/")
    page.get_by_role("link", name="Told two different things").last.click()
    check_page(page)
    page.get_by_role("link", name="Told two different things").first.click()
    page.get_by_role("link", name=about).click()
    page.get_by_label("What do you tell them?").fill("On his back. I rang the surgery; we all say so now.")
    check_page(page)
    page.get_by_role("button", name="Answer them").click()
    expect(page.locator("main")).to_contain_text("we all say so now")
    check_page(page)
    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/my-record/two-different-things/")
    expect(page.locator("main")).to_contain_text("we all say so now")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_a_practitioner_writes_it_down_for_somebody_who_cannot(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Megan Price")
    page.goto(f"{demo_site.url}/my-people/")
    page.get_by_role("link", name="Margaret Turner").first.click()
    page.get_by_role("link", name="Told two different things", exact=True).click()
    expect(page.locator("main")).to_contain_text("one flight a day")
    check_page(page)
    page.get_by_role("button", name="Write down what they were told").click()
    check_page(page)
    page.get_by_label("What was it about?").fill("The chemist")
    page.get_by_label("What were they told?").fill("Tuesday, and then Friday.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("The chemist")


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_partners_offer_ask_and_give_and_count_what_was_given(page: Page, demo_site: Site) -> None:
    what = f"A hall {uuid4().hex[:6]}"
    sign_in_as(page, demo_site, "Grace Adeyemi")
    page.goto(f"{demo_site.url}/partnership/1/offers/")
    check_page(page)
    page.get_by_role("button", name="Offer something").click()
    page.get_by_label("A room").check()
    page.get_by_label("What do you offer?").fill(what)
    page.get_by_label("How much of it?").fill("Saturdays")
    day(page)
    check_page(page)
    page.get_by_role("button", name="Offer it").click()
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/partnership/1/offers/")
    page.get_by_role("link", name=what).click()
    page.get_by_label("What do you need it for, and when?").fill("Baby massage")
    check_page(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    sign_in_as(page, demo_site, "Grace Adeyemi")
    page.goto(f"{demo_site.url}/partnership/1/")
    page.get_by_role("link", name="Tarnside Community Health NHS Trust asks for what you offer").first.click()
    page.get_by_label("Yes").check()
    check_page(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=what).click()
    expect(page.get_by_label("What is it?")).to_have_value(what)
    expect(page.get_by_label("Premises")).to_be_checked()


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_day_with_another_stands_beside_how_near_all_came(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "PC Lewis Carter")
    page.goto(f"{demo_site.url}/partnership/1/trust/")
    page.get_by_role("link", name="Days with one another").click()
    expect(page.locator("main")).to_contain_text("They have eleven minutes for a call")
    check_page(page)
    page.get_by_role("button", name="Write about a day").click()
    page.get_by_label("With whom were you?").select_option(label="Homelink Tarnside")
    day(page, year="2026")
    page.get_by_label("What surprised you?").fill("That they iron")
    page.get_by_label("What will you do differently?").fill("Ask them first")
    page.get_by_label("Only me").check()
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("That they iron")
