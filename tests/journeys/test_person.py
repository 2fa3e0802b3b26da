"""The person's own side in a real browser: read, choose, see who looked, say that it was not right; for oneself and for one's child."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.cli.postgres.home import home
from alongside.cli.tarnside.witnesses import PARTNERS, enrol_partners
from tests import databases
from tests.journeys.browser import ENDS, NARROW, WIDE, Presses, Window, check_page, sign_in_as, sign_in_by_press
from tests.site import Site

VERIFIER = Path(__file__).resolve().parents[2] / "bin" / "verify-ledger"


@pytest.fixture(scope="session")
def site(demo_site: Site) -> Iterator[Site]:
    """The demonstration, with partners who vouch for its ledger."""
    enrol_partners(home() / "ledger" / f"{databases.own_name()}_demo")
    yield demo_site


def way(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Main").get_by_role("link", name=name)


def test_she_answers_whether_to_share_in_two_presses(page: Page, site: Site) -> None:
    sign_in_by_press(page, site, "Leah")
    presses = Presses(page)
    presses.press(way(page, "My choices"))
    check_page(page)
    expect(page.get_by_text("would no longer see what the others write")).to_be_visible()
    page.get_by_role("radio", name="Yes. Share what is needed to help").check()
    presses.press(page.get_by_role("button", name="Save my answer"))
    expect(page.get_by_text("Saved. It counts from now on.")).to_be_visible()
    check_page(page)
    presses.must_be_within(presses=2, pages=2)


def test_a_yes_with_nothing_left_out_says_what_to_do_and_keeps_what_was_typed(page: Page, site: Site) -> None:
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/my-choices/")
    page.get_by_role("radio", name="Yes, but some things stay out").check()
    page.get_by_role("checkbox", name="My mental health").uncheck()
    page.get_by_label("Do you want to say why?").fill("My own reasons")
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_role("link", name="Tick what should stay out, or choose “Yes” above")).to_be_visible()
    expect(page.get_by_label("Do you want to say why?")).to_have_value("My own reasons")
    check_page(page)
    page.get_by_role("checkbox", name="My mental health").check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("Saved. It counts from now on.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="My mental health")).to_be_checked()


def test_she_writes_something_and_is_told_who_gets_it(page: Page, site: Site, window: Window) -> None:
    sign_in_by_press(page, site, "Leah")
    presses, words = Presses(page), f"The nights are bad. {window}"
    presses.press(page.get_by_role("button", name="Write something") if window.script else page.get_by_text("Write something", exact=True))
    check_page(page)
    page.get_by_label("What do you want to say?").fill(words)
    presses.press(page.get_by_role("button", name="Save and send"))
    presses.must_be_within(presses=2, pages=2)
    expect(page.get_by_text("Saved. It has gone to Doctors, Riverside Surgery")).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("window", ENDS, ids=str)
def test_told_to_one_alone_the_others_do_not_find_it(page: Page, site: Site, window: Window) -> None:
    secret = f"Only Amina may know this. {window}"
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/my-record/write/")
    expect(page.get_by_text("We keep this promise unless we believe a child or an adult could be badly hurt")).to_be_visible()
    page.get_by_label("What do you want to say?").fill(secret)
    page.get_by_role("radio", name="Only Amina Khan").check()
    page.get_by_role("button", name="Save and send").click()
    expect(page.get_by_text(secret)).to_be_visible()
    for who, finds in (("Amina Khan", True), ("Dr Sam Patel", False)):
        sign_in_as(page, site, who)
        page.goto(f"{site.url}/find/")
        page.get_by_role("searchbox").or_(page.locator("main input[type=text], main input[type=search]")).first.fill("Leah Turner")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.get_by_role("link", name="Leah Turner").first.click()
        page.wait_for_load_state()
        expect(page.get_by_text(secret)).to_have_count(1 if finds else 0)


def test_she_checks_who_looked_and_anybody_can_check_it_again(page: Page, site: Site, tmp_path: Path) -> None:
    sign_in_by_press(page, site, "Amina Khan")
    sign_in_by_press(page, site, "Leah")
    presses = Presses(page)
    presses.press(way(page, "Who looked"))
    check_page(page)
    expect(page.get_by_text("Amina Khan, Family nurse").first).to_be_visible()
    shown = page.locator("main time.look").count()
    deadline = 20
    presses.press(page.locator("a", has_text="Check this page"))
    while not page.get_by_text(PARTNERS[0]).count() and deadline:  # the worker seals each second
        deadline -= 1
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_text("as they were written")).to_be_visible()
    for partner in PARTNERS:
        expect(page.get_by_text(partner)).to_be_visible()
    check_page(page)
    assert presses.presses == 2
    proof = page.request.get(site.url + str(page.get_by_text("Save the proof").get_attribute("href"))).text()
    assert len(json.loads(proof)["lines"]) == shown
    (tmp_path / "proof.json").write_text(proof)
    told = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(tmp_path / "proof.json"), "--trust", str(home() / "ledger" / f"{databases.own_name()}_demo" / "trust.json")],
        cwd="/", env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"PROVEN: {shown} lines stand as they were sealed" in told.stdout


def test_who_looked_can_be_narrowed_to_one_agency_and_shows_her_own_visits_when_asked(page: Page, site: Site) -> None:
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/who-looked/")
    expect(page.get_by_text("You,")).to_have_count(0)
    page.get_by_label("Show", exact=True).select_option("Tarnside Community Health NHS Trust")
    page.get_by_role("button", name="Show these").click()
    page.wait_for_load_state()
    assert page.locator("main ul.nhsuk-list--border > li").count() == page.locator("main ul.nhsuk-list--border > li", has_text="Tarnside Community Health NHS Trust").count() > 0
    page.get_by_label("Show", exact=True).select_option("")
    page.get_by_role("checkbox", name="Also when I looked myself").check()
    page.get_by_role("button", name="Show these").click()
    page.wait_for_load_state()
    assert page.locator("main ul.nhsuk-list--border > li strong", has_text="You").count() > 0
    check_page(page)


def test_she_says_that_a_look_was_not_right_and_reads_where_it_stands(page: Page, site: Site, window: Window) -> None:
    words = f"I never asked her to look. {window}"
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/who-looked/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="This is not right").first)
    check_page(page)
    page.get_by_label("What is wrong?").fill(words)
    presses.press(page.get_by_role("button", name="Send"))
    presses.must_be_within(presses=2, pages=2)
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("at the latest").first).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("window", ENDS, ids=str)
def test_the_guardian_answers_her_complaint_and_she_reads_the_answer(page: Page, site: Site, window: Window) -> None:
    words, answer = f"Who let him in? {window}", f"He had no reason to look. {window}"
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/who-looked/")
    page.get_by_role("link", name="This is not right").last.click()
    page.get_by_label("What is wrong?").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()
    sign_in_as(page, site, "Dr Eleanor Hughes")
    page.goto(f"{site.url}/guardian/queue/")
    page.get_by_role("link", name="A complaint about an access", exact=True).last.click()
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("radio", name="They are right", exact=True).check()
    page.get_by_label("Your answer to the person").fill(answer)
    page.get_by_role("button", name="Send the answer").click()
    page.wait_for_load_state()
    sign_in_by_press(page, site, "Leah")
    expect(page.get_by_text(f"You were right. {answer}")).to_be_visible()
    page.goto(f"{site.url}/who-looked/complaints/")
    expect(page.get_by_text(answer)).to_be_visible()
    check_page(page)


def test_a_mother_reads_her_sons_record_in_two_presses_and_puts_her_side_beside_an_entry(page: Page, site: Site, window: Window) -> None:
    words = f"He slept in his cot all night. {window}"
    sign_in_by_press(page, site, "Leah")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="Read the record of somebody you look after"))
    check_page(page)
    presses.press(page.get_by_role("link", name="Noah"))
    presses.must_be_within(presses=2, pages=2)
    expect(page.get_by_text("You are looking after this record for Noah")).to_be_visible()
    assert "Noah" not in page.title()
    check_page(page)
    page.locator("li.timeline__event", has_text="Small round bruise").get_by_role("link").click()
    page.wait_for_load_state()
    check_page(page)
    page.get_by_label("What do you want to say about this?").fill(words)
    page.get_by_role("button", name="Put my words beside it").click()
    entry = page.locator("li.timeline__event", has_text="Small round bruise")
    expect(entry.get_by_text(words)).to_be_visible()


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
@pytest.mark.parametrize(
    "path",
    ["my-record/", "my-record/about-me/", "my-record/write/", "my-choices/", "my-choices/keep-from/", "my-choices/deciding/", "my-choices/contact/", "who-looked/", "who-looked/complaints/", "help/"],
)
def test_in_large_print_every_page_still_fits(page: Page, site: Site, path: str) -> None:
    sign_in_as(page, site, "Margaret")
    page.goto(f"{site.url}/display/")
    page.get_by_role("checkbox", name="Large print").or_(page.get_by_label("Large print")).first.check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{site.url}/{path}")
    expect(page.locator("html.large-print")).to_have_count(1)
    check_page(page)


def test_what_she_told_by_telephone_is_on_her_page_and_says_so(page: Page, site: Site) -> None:
    sign_in_as(page, site, "Megan Price")
    page.goto(f"{site.url}/find/")
    page.locator("main input[type=text], main input[type=search]").first.fill("Margaret Turner")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.get_by_role("link", name="Margaret Turner").first.click()
    page.wait_for_load_state()
    presses = Presses(page)
    presses.press(page.get_by_text("Choices and agreement"))
    check_page(page)
    presses.press(page.get_by_text("Write down an answer", exact=True))
    check_page(page)
    page.get_by_role("radio", name="Yes. Share what is needed to help").check()
    page.get_by_label("What did they say?").fill("Oh, go on then.")
    page.get_by_role("radio", name="By telephone").check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    presses.press(page.get_by_role("button", name="Save"))
    presses.must_be_within(presses=3, pages=3)
    expect(page.get_by_text("Oh, go on then.").first).to_be_visible()
    check_page(page)
    sign_in_as(page, site, "Margaret")
    page.goto(f"{site.url}/my-choices/")
    expect(page.get_by_text("(by telephone)")).to_be_visible()


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_all_of_it_goes_by_keyboard(page: Page, site: Site, window: Window) -> None:
    sign_in_as(page, site, "Leah")
    page.goto(f"{site.url}/my-choices/deciding/")
    page.get_by_label("About what?").focus()
    page.keyboard.type("Money")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Save":
            break
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_text("Saved. It counts from now on.")).to_be_visible()
    expect(page.locator("dt", has_text="Money")).to_be_visible()
