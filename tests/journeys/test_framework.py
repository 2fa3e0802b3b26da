"""A lead begins a test and decides it with others, an auditor reads the report, a board member sees that saying and doing part, the owner of the guidance looks at it again."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import WIDE, Presses, check_page, sign_in_as
from tests.site import Site


def rooms(page: Page, site: Site, name: str) -> None:
    """From the home page of the reader's partnership called so to its tests and examinations."""
    page.goto(f"{site.url}/partnership/")
    if not page.get_by_role("heading", name=name, level=1, exact=True).is_visible():
        page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("link", name="Test and examine", exact=True).click()


def wait_until_measured(page: Page) -> Page:
    """The worker of a site that has just begun needs a moment to count a year."""
    parting = page.get_by_role("heading", name="What they say and what they do part")
    for _ in range(90):
        if parting.is_visible():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(parting).to_be_visible()
    return page


def test_a_board_member_reads_that_saying_and_doing_part(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Peter Lund")
    rooms(page, demo_site, "Safer Evenings")
    check_page(page)
    page.get_by_role("link", name=re.compile("^Examination of ")).first.click()
    check_page(page)
    presses = Presses(wait_until_measured(page))
    expect(page.get_by_text("Partners score “Commitment”").first).to_be_visible()
    presses.press(page.get_by_role("button", name="Said beside done"))
    expect(page.get_by_role("heading", name="Trust", exact=True)).to_be_visible()
    presses.must_be_within(presses=1, pages=1)
    check_page(page)
    page.get_by_text("How was this worked out?").click()
    expect(page.get_by_text("Agreement is r")).to_be_visible()
    check_page(page)


def test_an_auditor_takes_the_report_with_her(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Dr Eleanor Hughes")
    rooms(page, demo_site, "Tarnside Together")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=re.compile("^Examination of ")).first)
    expect(page.get_by_text("there are too many meetings")).to_be_visible()
    presses.press(page.get_by_role("button", name="The report"))
    presses.must_be_within(presses=2, pages=2)
    check_page(page)
    expect(page.get_by_text("8 of 9 partners scored")).to_be_visible()
    for form, kind in (("PDF", "pdf"), ("Word document", "docx")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=form).click()
        assert saved.value.suggested_filename.endswith(f".{kind}")


def test_what_nobody_can_answer_for_can_only_be_refused(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Nadia Rossi")
    rooms(page, demo_site, "One View of Families")
    page.get_by_role("link", name=re.compile("^Test of ")).last.click()
    expect(page.get_by_role("heading", name="Red: Basis for sharing, An owner")).to_be_visible()
    check_page(page)
    if page.get_by_role("link", name="Recommend something else").is_visible():
        page.get_by_role("link", name="Recommend something else").click()
        expect(page.get_by_text("Go ahead. Red: Basis for sharing, An owner")).to_be_visible()
        check_page(page)
        page.get_by_role("link", name="Cancel").click()
    else:  # decided by an earlier visitor
        expect(page.get_by_text("What was decided")).to_be_visible()


LITTLE = {
    "How much money": "None", "Does the law": "No", "Is anybody.s safety": "No", "How much personal": "Names now and then", "How hard": "Easy", "How near": "Related",
}


def test_a_lead_examines_scores_privately_and_breaks_off(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Megan Price")
    rooms(page, demo_site, "Home from Hospital")
    check_page(page)
    page.get_by_role("button", name="Examine it").click()
    check_page(page)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("link", name="Answer: How much money is in it each year?")).to_be_visible()
    check_page(page)
    for question, answer in LITTLE.items():
        page.get_by_role("group", name=re.compile(question)).get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("so it is light")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Answer the gates").click()
    page.get_by_role("group", name="Basis in law").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("link", name="Say what supports your answer: basis in law")).to_be_visible()
    check_page(page)
    page.get_by_label("What supports it: basis in law").fill("Care Act 2014, section 74")
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_text("Care Act 2014, section 74")).to_be_visible()
    page.get_by_role("button", name="My scores").click()
    check_page(page)
    page.get_by_role("group", name="We could not do this without the others.").get_by_label("Fully", exact=True).check()
    page.get_by_role("button", name="Keep it and go on later").click()
    expect(page.get_by_text("it counts only once you send it in")).to_be_visible()
    page.get_by_role("link", name="Break it off").click()
    check_page(page)
    page.get_by_label("Why is it broken off?").fill("Begun too early.")
    page.get_by_role("button", name="Break it off").click()
    expect(page.get_by_text("Begun too early.")).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE])
def test_the_owner_of_the_guidance_looks_at_it_again(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Sunita Rao")
    page.goto(f"{demo_site.url}/guidance/")
    check_page(page)
    page.get_by_role("link", name="Version 2", exact=True).click()
    expect(page.get_by_text("New gate: An owner")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Look at it again").click()
    page.get_by_label("What did you look at, and why does it stay as it is?").fill("Read it beside the year's examinations; nothing was missing.")
    on = date.today() + timedelta(days=300)
    for part in ("day", "month", "year"):
        page.locator(f"[name=review_on_{part}]").fill(str(getattr(on, part)))
    check_page(page)
    page.get_by_role("button", name="It stays as it is").click()
    expect(page.get_by_text("nothing was missing").first).to_be_visible()
    page.goto(f"{demo_site.url}/guidance/publish/")
    check_page(page)
