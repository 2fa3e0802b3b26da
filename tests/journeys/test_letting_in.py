"""Nobody comes to read a record by one pair of hands, and none stays without a reader: asked for, let in, a letter and a code, a first password, one's own record; a helper of one's choice; readers who leave."""

import re
import time
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import NARROW, NARROW_WITHOUT_SCRIPT, WIDE, WIDE_WITHOUT_SCRIPT, Presses, Window, check_page, sign_in_as
from tests.journeys.test_sign_in import PASSWORD, address, code_of, last_letter, link_in, press, set_up_app, type_password
from tests.site import Site

WHOSE = {
    WIDE: ("Megan Price", "Chloe Barnes"), NARROW: ("Lewis Carter", "Jake Dunn"), WIDE_WITHOUT_SCRIPT: ("Lewis Carter", "Jake Dunn"), NARROW_WITHOUT_SCRIPT: ("Joan Whitty", "Arthur Pell"),
}
"""One for each window, with who works with them: an account has one record of its own, and a record one account."""
PARTS = {WIDE: "sexual_health", NARROW: "housing", WIDE_WITHOUT_SCRIPT: "education", NARROW_WITHOUT_SCRIPT: "immigration_status"}


def open_record(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/find/")
    page.get_by_role("searchbox").first.fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def asks_for(page: Page, site: Site, window: Window) -> str:
    """Whoever works with them asks; the address it is for."""
    worker, name = WHOSE[window]
    to = f"own-{time.time_ns()}@mail.example"
    sign_in_as(page, site, worker)
    open_record(page, site, name)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="Own pages"))
    check_page(page)
    presses.press(page.get_by_role("button", name="Ask to let somebody in"))
    check_page(page)
    page.get_by_role("button", name="Ask the records office").click()
    expect(page.get_by_role("link", name="Choose who wants to read the record")).to_be_visible()
    check_page(page)
    page.get_by_role("radio", name="The person themself").check()
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their own email address").fill(to)
    page.get_by_label("They told me that only they read").check()
    page.get_by_label("What have you seen?").fill("Passport, at home")
    presses.press(page.get_by_role("button", name="Ask the records office"))
    presses.must_be_within(presses=3, pages=4)
    expect(page.get_by_text("Waits for the records office")).to_be_visible()
    check_page(page)
    return to


def is_let_in(page: Page, site: Site, name: str, answer: str, *, agreed: bool = True) -> None:
    sign_in_as(page, site, "Owen Reed")
    page.goto(f"{site.url}/records-office/")
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Letting in"))
    check_page(page)
    presses.press(page.get_by_role("link", name=name, exact=True).last)
    check_page(page)
    page.get_by_role("radio", name="Yes: they may read the record" if agreed else "No", exact=True).check()
    page.get_by_label("Why?").fill(answer)
    presses.press(page.get_by_role("button", name="Answer"))
    presses.must_be_within(presses=3, pages=3)
    expect(page.get_by_text("They may read the record from now on." if agreed else "Not let in.")).to_be_visible()
    check_page(page)


def code_shown(page: Page) -> str:
    found = re.search(r"\b\d{4} \d{4} \d{4}\b", page.locator("main").inner_text())
    assert found
    return found[0]


def begins(page: Page, site: Site, to: str, code: str) -> None:
    """From the letter, by the code that somebody gave, to a password of their own and signed in with it."""
    page.context.clear_cookies()
    letter = last_letter(to)
    assert code not in letter
    page.goto(link_in(letter, site))
    check_page(page)
    page.get_by_label("Code").fill("1234 1234 1234")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="This is not the code")).to_be_visible()
    check_page(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    check_page(page)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new password is saved")
    type_password(page, site, to)


def test_from_the_practitioners_asking_to_the_persons_own_record_and_its_end(page: Page, demo_site: Site, window: Window) -> None:
    worker, name = WHOSE[window]
    to = asks_for(page, demo_site, window)
    is_let_in(page, demo_site, name, "Megan has seen the passport.")

    sign_in_as(page, demo_site, worker)
    page.goto(f"{demo_site.url}/my-work/")
    check_page(page)
    page.get_by_role("link", name=f"Let in: {name}").click()
    expect(page.get_by_text("Has not signed in yet. Give them this code yourself")).to_be_visible()
    check_page(page)
    own_pages, code = page.url, code_shown(page)
    page.goto(f"{demo_site.url}/my-work/")
    expect(page.get_by_role("link", name=f"Let in: {name}")).to_have_count(0)

    begins(page, demo_site, to, code)
    page.goto(f"{address(demo_site)}/my-record/")
    expect(page.get_by_text("this is your record")).to_be_visible()
    check_page(page)
    page.goto(f"{address(demo_site)}/who-looked/")
    expect(page.get_by_text(worker).first).to_be_visible()
    check_page(page)
    with_a_second_step(page, demo_site, to)
    kept = page.context.cookies()

    sign_in_as(page, demo_site, worker)
    page.goto(own_pages)
    expect(page.get_by_text("Give them this code yourself")).to_have_count(0)
    page.get_by_role("link", name=f"End for {name}").click()
    check_page(page)
    page.get_by_label("Why do they no longer read it?").fill("They asked us to.")
    press(page, "End it now")
    expect(page.get_by_text("They no longer read this record, from this moment.")).to_be_visible()
    check_page(page)

    page.context.add_cookies([one for one in kept if one["domain"] == "localhost"])
    page.goto(f"{address(demo_site)}/my-record/")
    expect(page.get_by_text("this is your record")).to_have_count(0)
    check_page(page)


def with_a_second_step(page: Page, site: Site, to: str) -> None:
    """Whoever wants one sets it up, and needs it from then on."""
    page.goto(f"{address(site)}/account/")
    check_page(page)
    page.goto(f"{address(site)}/sign-in/set-up-second-step/")
    secret, _ = set_up_app(page, site)
    page.context.clear_cookies()
    type_password(page, site, to)
    expect(page.get_by_label("Code")).to_be_visible()
    check_page(page)
    page.get_by_label("Code").fill(code_of(secret, step=1))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state()
    page.goto(f"{address(site)}/my-record/")
    expect(page.get_by_text("this is your record")).to_be_visible()


def test_a_person_lets_a_friend_read_with_them_and_stops_it(page: Page, demo_site: Site, window: Window) -> None:
    friend, to, day = f"Beth of {window}", f"beth-{time.time_ns()}@mail.example", date.today() + timedelta(days=30)
    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/my-choices/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="See who may, stop it, or let somebody in"))
    check_page(page)
    page.get_by_label("Who is it?").fill(friend)
    page.get_by_label("Their own email address").fill(to)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("link", name="Tick at least one thing that they may read")).to_be_visible()
    expect(page.get_by_label("Who is it?")).to_have_value(friend)
    check_page(page)
    page.get_by_role("checkbox", name="My health", exact=True).check()
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part).fill(str(value))
    presses.press(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_text(f"{friend} waits")).to_be_visible()
    check_page(page)
    presses.must_be_within(presses=2, pages=3)

    is_let_in(page, demo_site, friend, "Amina asked her alone; she wants it.")
    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/my-record/")
    expect(page.get_by_text(f"{friend} may now read the parts of your record that you chose")).to_be_visible()
    page.goto(f"{demo_site.url}/my-choices/helpers/")
    check_page(page)
    code = code_shown(page)

    begins(page, demo_site, to, code)
    page.goto(f"{address(demo_site)}/whose-record/")
    check_page(page)
    page.get_by_role("link", name="Leah").click()
    expect(page.get_by_text("chose you to read parts of this record")).to_be_visible()
    check_page(page)
    hers = page.url
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Help").click()
    check_page(page)
    expect(page.get_by_role("link", name="Who looked")).to_have_count(0)
    friends = page.context.cookies()

    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/my-choices/helpers/")
    page.get_by_role("button", name=f"Stop it now for {friend}").click()
    expect(page.get_by_text("Stopped. They read nothing from now on.")).to_be_visible()
    check_page(page)
    page.context.add_cookies([one for one in friends if one["domain"] == "localhost"])
    page.goto(hers)
    expect(page.get_by_text("chose you to read")).to_have_count(0)


@pytest.mark.parametrize("agreed", [False])
def test_a_helper_asked_for_by_a_practitioner_and_not_let_in_is_told_with_the_reason(page: Page, demo_site: Site, window: Window, agreed: bool) -> None:
    helper, day = f"Pam of {window}", date.today() + timedelta(days=90)
    sign_in_as(page, demo_site, "Megan Price")
    open_record(page, demo_site, "Margaret Turner")
    page.get_by_role("link", name="Own pages").click()
    page.get_by_role("button", name="Ask to let a helper in").click()
    check_page(page)
    page.get_by_label("Their name").fill(helper)
    page.get_by_role("checkbox", name="My plan, what I said, and who helps me").check()
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part).fill(str(value))
    page.get_by_label("Their own email address").fill(f"pam-{time.time_ns()}@mail.example")
    page.get_by_label("They told me that only they read").check()
    page.get_by_label("How do you know that the person wants this?").fill("She told me so, alone, at home.")
    page.get_by_role("button", name="Ask the records office").click()
    expect(page.get_by_text("Asked. The records office lets them in or says why not.")).to_be_visible()
    check_page(page)
    is_let_in(page, demo_site, helper, "The address is her son’s.", agreed=agreed)
    sign_in_as(page, demo_site, "Megan Price")
    page.goto(f"{demo_site.url}/my-work/")
    expect(page.get_by_text("“The address is her son’s.”")).to_be_visible()
    page.get_by_role("link", name=f"Not let in: {helper}").click()
    check_page(page)
    page.goto(f"{demo_site.url}/my-work/")
    expect(page.get_by_role("link", name=f"Not let in: {helper}")).to_have_count(0)


def test_what_only_one_may_open_has_others_named_before_she_leaves_by_a_guardian_who_reads_nothing(page: Page, demo_site: Site, window: Window) -> None:
    part = PARTS[window].replace("_", " ")
    sign_in_as(page, demo_site, "Amina Khan")
    open_record(page, demo_site, "Leah Turner")
    page.get_by_role("link", name="Protection", exact=True).click()
    page.get_by_role("button", name="Close the record, or a part of it").click()
    check_page(page)
    page.get_by_label("What must fewer see?").select_option(PARTS[window])
    page.get_by_role("checkbox", name="Amina Khan").check()
    page.get_by_label("Why?").fill("As she asked.")
    day = date.today() + timedelta(days=30)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(name).fill(str(value))
    press(page, "Show what it does")
    check_page(page)
    press(page, "Confirm")
    check_page(page)

    sign_in_as(page, demo_site, "Ruth Ellis")
    page.goto(f"{demo_site.url}/agency/")
    page.get_by_role("link", name="Amina Khan").click()
    page.get_by_role("button", name="They are leaving").click()
    check_page(page)
    press(page, "Ask the guardian to name others")
    expect(page.get_by_text("Asked. The guardian names others; then this account can end.")).to_be_visible()
    check_page(page)

    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    page.goto(f"{demo_site.url}/guardian/queue/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="The last who may open a record is leaving").first)
    expect(page.get_by_text(f"the part on {part}")).to_be_visible()
    expect(page.get_by_text("Leah")).to_have_count(0)
    check_page(page)
    page.get_by_role("radio", name="Others may open it from now on").check()
    page.get_by_role("checkbox", name="Dr Sam Patel").check()
    page.get_by_label("Why?").fill("Asked Ruth: the doctor knows her best.")
    presses.press(page.get_by_role("button", name="Show what it does"))
    check_page(page)
    presses.press(page.get_by_role("button", name="Confirm", exact=True))
    presses.must_be_within(presses=3, pages=3)
    expect(page.get_by_text("Named. They may open it from now on.")).to_be_visible()
    check_page(page)

    sign_in_as(page, demo_site, "Dr Sam Patel")
    open_record(page, demo_site, "Leah Turner")
    page.get_by_role("link", name="Protection", exact=True).click()
    expect(page.get_by_role("heading", name=part.capitalize())).to_be_visible()
    check_page(page)
