"""At the partnership's table: a board member keeps or changes an agreement, a signatory signs and withdraws, a team says what it must know, and anybody reads what is agreed."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import WIDE, Presses, Window, check_page, sign_in_as
from tests.site import Site

TITLE = "Working together with children, families and older people"


def fill_date(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def test_a_board_member_keeps_an_agreement_that_is_about_to_lapse(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Peter Lund")
    page.goto(f"{demo_site.url}/partnership/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=f"days: {TITLE}"))
    check_page(page)
    presses.press(page.get_by_role("button", name="Renew", exact=True))
    check_page(page)
    expect(page.get_by_text(re.compile(r"Without it, [1-9]\d* flows between agencies stop then"))).to_be_visible()
    expect(page.get_by_role("heading", name="How it has worked")).to_be_visible()
    presses.press(page.get_by_role("button", name="Renew"))
    expect(page.get_by_text("open for signature, and signed for your agency")).to_be_visible()
    presses.must_be_within(presses=4, pages=3)
    check_page(page)
    take_back(page, demo_site)


def take_back(page: Page, site: Site) -> None:
    """As the lead, so that the next reader finds the agreement as it was; the former version stays in force."""
    where = page.url
    sign_in_as(page, site, "Sunita Rao")
    page.goto(where)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The former version stays as it is.")).to_be_visible()
    check_page(page)
    page.get_by_label("Why?").fill("Asked too early.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Nothing flows under it any more.")).to_be_visible()
    page.goto(f"{site.url}/partnership/")
    expect(page.get_by_role("link", name=f"days: {TITLE}")).to_be_visible()


def test_a_board_member_changes_an_agreement_by_a_new_version(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Peter Lund")
    page.goto(f"{demo_site.url}/partnership/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=f"days: {TITLE}"))
    presses.press(page.get_by_role("button", name="Change", exact=True))
    check_page(page)
    fill_date(page, "ends_on", date.today() + timedelta(days=700))
    presses.press(page.get_by_role("button", name="Save the draft"))
    presses.must_be_within(presses=4, pages=3)
    check_page(page)
    page.get_by_role("button", name="Edit what may flow").click()
    page.get_by_role("button", name="Take out line 4").click()
    expect(page.get_by_text("Taken out.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="The agreement").click()
    page.get_by_role("button", name="Throw the draft away").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()


def test_a_draft_is_signed_by_both_takes_effect_and_ends_when_one_withdraws(page: Page, demo_site: Site, window: Window) -> None:
    where = drafted(page, demo_site, f"Home from hospital {window}")
    sign_in_as(page, demo_site, "Peter Lund")
    page.goto(f"{demo_site.url}/partnership/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=f"Sign: Home from hospital {window}", exact=True))
    check_page(page)
    presses.press(page.get_by_role("radio", name="Sign", exact=True))
    presses.press(page.get_by_role("button", name="Confirm for Homelink Tarnside"))
    expect(page.get_by_text("It is in force as soon as another party signs.")).to_be_visible()
    presses.must_be_within(presses=3, pages=2)
    sign_in_as(page, demo_site, "Megan Price")
    page.goto(f"{where}sign/")
    expect(page.get_by_text("this begins")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Confirm for").click()
    expect(page.get_by_role("link", name="Say whether you sign")).to_be_visible()
    check_page(page)
    page.get_by_role("radio", name="Sign", exact=True).check()
    page.get_by_role("button", name="Confirm for").click()
    expect(page.get_by_text("In force", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("flows between agencies stop")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.get_by_role("link", name="Say why")).to_be_visible()
    page.get_by_label("Why?").fill("We have no visitors left.")
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.get_by_text("Its taps under this agreement are shut.")).to_be_visible()
    check_page(page)


def drafted(page: Page, site: Site, title: str) -> str:
    """From a template to an agreement between two, open for signature; gives its address."""
    sign_in_as(page, site, "Sunita Rao")
    page.goto(f"{site.url}/partnership/1/agreements/draft/")
    check_page(page)
    page.get_by_role("link", name="Home from hospital").click()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("link", name="Enter last day")).to_be_visible()
    check_page(page)
    page.get_by_label("What is it called?").fill(title)
    fill_date(page, "ends_on", date.today() + timedelta(days=200))
    fill_date(page, "review_on", date.today() + timedelta(days=150))
    page.get_by_label("Homelink Tarnside").select_option(label="Peter Lund, Volunteer coordinator")
    page.get_by_label("Tarnside Council Adult Social Care").select_option(label="Megan Price, Social worker")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("It binds nobody before it is signed.")).to_be_visible()
    where = page.url
    check_page(page)
    page.get_by_role("link", name="Try it").click()
    expect(page.get_by_role("heading", name="Try it before you sign")).to_be_visible()
    check_page(page)
    page.goto(f"{where}open/")
    check_page(page)
    page.get_by_role("button", name="Ask every signatory to sign").click()
    expect(page.get_by_text("Open for signature", exact=True).first).to_be_visible()
    return where


def test_a_team_lead_says_what_the_team_must_know(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Nadia Rossi")
    page.goto(f"{demo_site.url}/information-needs/")
    check_page(page)
    page.get_by_role("button", name="Say what we must know").click()
    page.get_by_label("For which purpose?").select_option(label="Keeping an adult safe")
    page.get_by_role("radio", name="Within 1 working day").check()
    page.get_by_role("button", name="See what it would bring").click()
    expect(page.get_by_role("link", name="Choose the kinds of thing that you must know.")).to_be_visible()
    check_page(page)
    page.get_by_label("What do you do with it?").fill("We find somewhere safe to live.")
    page.get_by_role("checkbox", name="Self neglect").check()
    page.get_by_role("button", name="See what it would bring").click()
    expect(page.get_by_text("What may come to you: safeguarding concerns")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Declare it").click()
    expect(page.get_by_text("Declared. From now on")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Offer us the last three months").click()
    expect(page.get_by_text("The last three months held nothing of this kind for you.")).to_be_visible()
    page.get_by_role("button", name="End it", exact=True).click()
    expect(page.get_by_role("heading", name="End this need")).to_be_visible()
    check_page(page)
    page.get_by_label("Why do you no longer need it?").fill("Done.")
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("Ended. What came in")).to_be_visible()


@pytest.mark.parametrize("window", [WIDE])
def test_a_need_that_no_agreement_lets_through_is_refused_with_the_reason(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Nadia Rossi")
    page.goto(f"{demo_site.url}/partnership/1/information-needs/declare/")
    page.get_by_label("For which purpose?").select_option(label="Help with housing")
    page.get_by_label("What do you do with it?").fill("We find somewhere to live.")
    page.get_by_role("checkbox", name="Homelessness").check()
    page.get_by_role("radio", name="Within 1 working day").check()
    page.get_by_role("button", name="See what it would bring").click()
    expect(page.get_by_role("link", name="Nothing of this may come to you for this purpose")).to_be_visible()
    expect(page.get_by_label("What do you do with it?")).to_have_value("We find somewhere to live.")


@pytest.mark.parametrize("window", [WIDE])
@pytest.mark.parametrize(
    ("who", "path"), [("Joan Whitty", "agreements/1/sign/"), ("Joan Whitty", "agreements/1/withdraw/"), ("Peter Lund", "agreements/1/end/"), ("Joan Whitty", "partnership/1/agreements/draft/"), ("Tom Bright", "information-needs/1/end/"), ("Ruth Ellis", "partnership/1/join/")]
)
def test_who_may_not_is_told_who_can(page: Page, demo_site: Site, who: str, path: str) -> None:
    sign_in_as(page, demo_site, who)
    answer = page.goto(f"{demo_site.url}/{path}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", name="You may not do this")).to_be_visible()
    check_page(page)


def test_anybody_reads_what_a_partnership_is_for_and_how_to_complain(page: Page, demo_site: Site) -> None:
    page.goto(f"{demo_site.url}/about/partnership/1/")
    expect(page.get_by_role("heading", name="How to complain")).to_be_visible()
    expect(page.get_by_text("Tell any worker, ring 01632 960 100")).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE])
def test_the_lead_sees_what_stops_before_an_agency_leaves(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Sunita Rao")
    page.goto(f"{demo_site.url}/partnership/1/partners/9/")
    check_page(page)
    page.get_by_role("button", name="Leave the partnership").click()
    expect(page.get_by_text("flows between agencies stop")).to_be_visible()
    check_page(page)
    page.goto(f"{demo_site.url}/partnership/1/join/")
    check_page(page)
