"""The glass is broken, judged and told of; the guardian tries the gate, reads the ledger and the rules: in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import NARROW, WIDE, WIDE_WITHOUT_SCRIPT, Presses, Window, check_page, sign_in_as
from tests.site import Site


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


STRANGERS = {WIDE: "Dr Farah Aziz", NARROW: "Kofi Mensah", WIDE_WITHOUT_SCRIPT: "Peter Lund"}
"""One for each window: whoever has broken the glass is no stranger to the record for four hours."""


def break_glass(page: Page, site: Site, who: str, reason: str, *, whose: str = "9990000069", danger: str = "A life is in danger now") -> None:
    sign_in_as(page, site, who)
    page.goto(f"{site.url}/find/")
    page.get_by_role("searchbox").first.fill(whose)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="It is an emergency").click()
    page.get_by_label(danger).check()
    page.get_by_label("What is happening").fill(reason)
    press(page, "Break the glass")


@pytest.mark.parametrize("window", [WIDE, NARROW, WIDE_WITHOUT_SCRIPT], ids=str)
def test_an_emergency_from_the_finder_to_its_judgement_in_two_presses(page: Page, demo_site: Site, window: Window) -> None:
    who = STRANGERS[window]
    break_glass(page, demo_site, who, f"Brought in unconscious, seen at a window of {window}: what medicines does she take?")
    assert page.get_by_text("The record is open to you until").is_visible()
    assert page.get_by_text("Chloe Barnes").first.is_visible()
    page.goto(f"{demo_site.url}/my-emergencies/")
    check_page(page)

    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    page.goto(f"{demo_site.url}/guardian/queue/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=f"{who} opened a record in an emergency").first)
    check_page(page)
    page.get_by_label("Why?").fill("An unconscious patient; her medicines mattered.")
    presses.press(page.get_by_role("button", name="Proper", exact=True))
    presses.must_be_within(presses=2, pages=2)
    assert page.get_by_text("Judged. The person is told.").is_visible()


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_a_reason_that_says_nothing_keeps_what_was_typed_and_says_what_to_write(page: Page, demo_site: Site) -> None:
    break_glass(page, demo_site, "Grace Adeyemi", "Urgent")
    assert page.title().startswith("Error: Emergency access")
    assert page.get_by_label("What is happening").input_value() == "Urgent"
    check_page(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_convenience_is_refused_and_shown_the_cover_route(page: Page, demo_site: Site) -> None:
    break_glass(page, demo_site, "Dr Farah Aziz", "My colleague is on leave and I need the plan today", whose="9990000077", danger="Neither: I need it for my work")
    assert page.get_by_text("ask your supervisor to record the cover").is_visible()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW, WIDE_WITHOUT_SCRIPT], ids=str)
def test_the_guardian_tries_the_gate_and_is_told_in_words_what_cannot_be_read(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    page.goto(f"{demo_site.url}/guardian/try-the-gate/")
    check_page(page)
    press(page, "Try")
    assert page.get_by_text("3 of 3 decisions as expected").is_visible()
    check_page(page)
    page.get_by_role("link", name="LIF-060").click()
    check_page(page)
    page.goto(f"{demo_site.url}/guardian/try-the-gate/")
    page.get_by_label("Situations").fill("scenarios:\n  - id: ONE\n    purpose: nonsense\n")
    press(page, "Try")
    assert page.get_by_text("Cannot be read").is_visible()
    check_page(page)
    page.get_by_label("Situations").fill("- this is : not: yaml\n\t")
    press(page, "Try")
    assert page.title().startswith("Error: Try the gate")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_the_ledger_is_checked_searched_and_proven(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    page.goto(f"{demo_site.url}/guardian/ledger/")
    check_page(page)
    press(page, "Check it now")
    expect(page.get_by_text("The ledger stands")).to_be_visible(timeout=30_000)  # the whole ledger is gone through
    page.get_by_label("What did this practitioner do?").select_option(label="Amina Khan, Family nurse, Tarnside Community Health NHS Trust")
    press(page, "Show the lines")
    check_page(page)
    page.get_by_role("link", name="Line").first.click()
    page.wait_for_timeout(2500)  # the worker seals each second
    with page.expect_download() as download:
        page.get_by_role("button", name="Keep the proof as a file").click()
    assert download.value.suggested_filename == "proof.json"
    page.goto(f"{demo_site.url}/guardian/ledger/")
    page.get_by_label("Prove a line").fill("nothing:1")
    page.get_by_role("button", name="Keep the proof as a file").click()
    assert page.get_by_text("No line of an agency you guard is about nothing:1").first.is_visible()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
@pytest.mark.parametrize("address", ["/guardian/agreements/", "/rulebook/", "/rulebook/?words=glass", "/rulebook/?words=zzz", "/rulebook/SAF-080/"])
def test_agreements_and_rules_can_be_read(page: Page, demo_site: Site, address: str) -> None:
    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    page.goto(f"{demo_site.url}{address}")
    check_page(page)
    assert len(page.content()) < 60_000


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_what_is_owed_is_answered_from_its_own_page(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Sunita Rao")
    page.goto(f"{demo_site.url}/my-work/")
    page.get_by_role("main").get_by_role("link").first.click()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_a_record_is_closed_only_after_its_effect_was_seen(page: Page, demo_site: Site, window: Window) -> None:
    who, whose = ("Megan Price", "Chloe Barnes") if window == WIDE else ("Grace Adeyemi", "Zara Hussain")
    sign_in_as(page, demo_site, who)
    page.goto(f"{demo_site.url}/find/")
    page.get_by_role("searchbox").first.fill(whose)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=whose).first.click()
    page.get_by_role("link", name="Protection").click()
    check_page(page)
    for name in ("Judge the risk", "Record a document", "Keep lines back for now"):
        page.get_by_role("button", name=name).click()
        check_page(page)
        press(page, "Save")
        assert page.title().startswith("Error: ")
        page.get_by_role("link", name="Protection").click()
    page.get_by_role("button", name="Close the record, or a part of it").click()
    page.get_by_label(who).check()
    page.get_by_label("Why?").fill("Her former partner works for a partner.")
    press(page, "Show what it does")
    assert page.get_by_role("heading", name="What it does").is_visible()
    check_page(page)
    press(page, "Confirm")
    assert page.get_by_text("Closed, from this moment.").is_visible()
    check_page(page)
    page.get_by_role("link", name="Change who may open it").click()
    check_page(page)
    page.get_by_role("link", name="Protection").click()
    page.get_by_role("link", name="Lift it").click()
    assert page.get_by_role("heading", name="What it does").is_visible()
    check_page(page)
    page.get_by_label("Why need it not be kept for few any more?").fill("He has moved away.")
    press(page, "Lift it")
    assert page.get_by_text("Lifted.").is_visible()


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_a_stranger_is_refused_and_told_who_can_help_and_where_the_glass_is(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Moira Blake")
    page.goto(f"{demo_site.url}/find/")
    page.get_by_role("searchbox").first.fill("9990000085")
    page.keyboard.press("Enter")
    emergency = page.get_by_role("link", name="It is an emergency").first.get_attribute("href")
    assert emergency
    page.goto(f"{demo_site.url}{emergency.removesuffix('emergency/')}")
    assert page.get_by_role("heading", name="You may not do this").is_visible()
    check_page(page)
    page.get_by_role("link", name="emergency access").click()
    assert page.get_by_role("heading", name="Emergency access").is_visible()
