"""A practitioner writes down who somebody is and how they may be reached, registers somebody new; a records office judges doubles."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import NARROW_WITHOUT_SCRIPT, WIDE, check_page, sign_in_as
from tests.site import Site


def open_details(page: Page, site: Site, name: str) -> str:
    page.goto(f"{site.url}/find/")
    page.locator("main input[name=question]").first.fill(name)
    page.get_by_role("button", name="Find").last.click()
    page.wait_for_load_state()
    page.locator("main").get_by_role("link", name=re.compile(name)).first.click()
    page.wait_for_load_state()
    details = page.url.split("?")[0].rstrip("/") + "/details/"
    page.goto(details)
    return details


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_every_page_of_a_persons_details_is_in_order(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    details = open_details(page, demo_site, "Leah Turner")
    check_page(page)
    for noun in ("who", "profile", "safe-contact", "names/add", "addresses/add", "contacts/add", "family/add", "unsafe-with/add", "markers/add"):
        page.goto(f"{details}{noun}/")
        check_page(page)
    page.goto(f"{demo_site.url}/people/register/")
    check_page(page)


@pytest.mark.parametrize("window", [NARROW_WITHOUT_SCRIPT], ids=str)
def test_an_address_is_added_put_right_and_ended_and_what_is_wrong_is_said_at_its_field(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    details = open_details(page, demo_site, "Noah Turner")
    page.goto(f"{details}addresses/add/")
    page.get_by_label("Staying for now").check()
    page.get_by_label("Address", exact=True).fill("5 Quay Street\nTarnmouth")
    page.get_by_label("Postcode").fill("not one")
    page.get_by_role("button", name="Save").click()
    assert "has not the shape of a postcode" in page.inner_text("main")
    assert page.get_by_label("Address", exact=True).input_value().startswith("5 Quay Street")
    check_page(page)
    page.get_by_label("Postcode").fill("ss41ab")
    page.get_by_role("button", name="Save").click()
    assert "SS4 1AB" in page.inner_text("#addresses")
    page.locator("#addresses").get_by_role("link", name="Change").first.click()
    page.get_by_label("Address", exact=True).fill("6 Quay Street\nTarnmouth")
    page.get_by_role("button", name="Save").click()
    assert "6 Quay Street" in page.inner_text("#addresses")
    assert "5 Quay Street" not in page.inner_text("#addresses")
    page.locator("#addresses").get_by_role("link", name="End").first.click()
    check_page(page)
    page.get_by_role("button", name="End").click()
    assert "6 Quay Street" not in page.inner_text("#addresses")


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_a_double_is_shown_before_somebody_is_registered_and_judged_by_the_records_office(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    for step in ("Register", "It is somebody else: register"):
        if step == "Register":
            page.goto(f"{demo_site.url}/people/register/")
            page.get_by_label("Given names").fill("Arthur")  # nobody looks for him by name: the double stays in the demo, which all journeys share
            page.get_by_label("Family name").fill("Pell")
            for part, value in (("Day", "30"), ("Month", "1"), ("Year", "1940")):
                page.get_by_label(part).fill(value)
        page.get_by_role("button", name=step).click()
        page.wait_for_load_state()
        if step == "Register":
            assert "Is it one of these?" in page.inner_text("main")
            check_page(page)
    assert "/details/" in page.url
    sign_in_as(page, demo_site, "Owen Reed")
    for _ in range(60):
        page.goto(f"{demo_site.url}/records-office/doubles/")
        if page.get_by_role("link", name="Arthur Pell and Arthur Pell").count():
            break
        page.wait_for_timeout(1_000)
    check_page(page)
    page.get_by_role("link", name="Arthur Pell and Arthur Pell").click()
    check_page(page)
    page.get_by_role("button", name="Not the same").click()
    assert "Say what makes you sure" in page.inner_text("main")
    page.get_by_label("What makes you sure?").fill("Two cousins; asked at the surgery")
    page.get_by_role("button", name="Not the same").click()
    assert "Held apart" in page.inner_text("body")
