"""At the partnership's table: a chair takes a meeting from its agenda to its minutes, a signatory says under which condition and signs, a board member with lived experience takes part."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.browser import Presses, Window, check_page, sign_in_as
from tests.journeys.test_partnership import fill_date
from tests.site import Site


def in_partnership(page: Page, site: Site, name: str, section: str) -> None:
    """A room of one of the reader's partnerships, from its home page."""
    page.goto(f"{site.url}/partnerships/")
    page.get_by_role("link", name=name).click()
    page.locator("#sections + ul").get_by_role("link", name=section, exact=True).click()


def test_a_chair_takes_a_meeting_from_its_agenda_to_its_minutes(page: Page, demo_site: Site, window: Window) -> None:
    name = f"Short meeting {window}"
    sign_in_as(page, demo_site, "Megan Price")
    in_partnership(page, demo_site, "Home from Hospital", "Meetings")
    check_page(page)
    page.get_by_role("button", name="Call a meeting").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter what is it called?")).to_be_visible()
    check_page(page)
    page.get_by_label("What is it called?").fill(name)
    fill_date(page, "on", date.today())
    page.get_by_label("At what time?").fill("0:05")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Put a point on the agenda"))
    check_page(page)
    page.get_by_label("What is it about?").fill("Go on without the grant")
    page.get_by_role("radio", name="To decide").check()
    presses.press(page.get_by_role("button", name="Save"))
    presses.press(page.get_by_role("button", name="Who is there?"))
    check_page(page)
    page.get_by_role("group", name="Peter Lund").get_by_role("radio", name="Not there", exact=True).check()
    presses.press(page.get_by_role("button", name="Save"))
    presses.press(page.get_by_role("link", name="Write down a decision"))
    check_page(page)
    page.get_by_label("What was decided?").fill("We go on until spring.")
    page.get_by_label("In favour").fill("9")
    presses.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("9 votes were counted and only 4 members were free to vote.")).to_be_visible()
    check_page(page)
    page.get_by_label("In favour").fill("4")
    presses.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("4 in favour, 0 against, 0 abstained, of 4 free to vote.")).to_be_visible()
    presses.press(page.get_by_role("link", name="Say who does what"))
    page.get_by_label("What is to be done?").fill("Tell the wards.")
    page.get_by_label("Who does it?").select_option(label="Kofi Mensah")
    fill_date(page, "due", date.today() + timedelta(days=14))
    presses.press(page.get_by_role("button", name="Save"))
    presses.press(page.get_by_role("button", name="Close the meeting"))
    check_page(page)
    presses.press(page.get_by_role("button", name="Close it"))
    expect(page.get_by_text("Closed. These are its minutes.")).to_be_visible()
    expect(page.get_by_text("The board could decide: 4 voting members there.")).to_be_visible()
    presses.must_be_within(presses=11, pages=11)
    check_page(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Who was there")).to_be_visible()
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_hidden()


def test_a_signatory_reads_a_version_sets_a_condition_and_signs(page: Page, demo_site: Site, window: Window) -> None:
    text = f"Nobody comes home to an empty house. {window}"
    where = proposed(page, demo_site, text)
    sign_in_as(page, demo_site, "Kofi Mensah")
    page.goto(where)
    expect(page.get_by_text(text)).to_be_visible()
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Sign, or say why not"))
    check_page(page)
    page.get_by_role("radio", name="Sign if …").check()
    presses.press(page.get_by_role("button", name="Confirm for"))
    expect(page.get_by_role("link", name="Say what must be so before you sign")).to_be_visible()
    check_page(page)
    page.get_by_label("What must be so first?").fill("Wards are told by noon.")
    presses.press(page.get_by_role("button", name="Confirm for"))
    expect(page.get_by_text("Signed by 0 of 2")).to_be_visible()
    expect(page.get_by_text("1 condition outstanding")).to_be_visible()
    presses.press(page.get_by_role("button", name="Sign, or say why not"))
    page.get_by_role("radio", name="Sign", exact=True).check()
    presses.press(page.get_by_role("button", name="Confirm for"))
    expect(page.get_by_text("Signed by 1 of 2")).to_be_visible()
    presses.must_be_within(presses=5, pages=5)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", name="What stays where")).to_be_visible()
    check_page(page)
    sign_in_as(page, demo_site, "Megan Price")
    page.goto(f"{where}answer/")
    page.get_by_role("radio", name="Sign", exact=True).check()
    page.get_by_role("button", name="Confirm for").click()
    expect(page.get_by_text("Adopted", exact=False).first).to_be_visible()
    check_page(page)
    page.goto(f"{demo_site.url}/about/partnership/{home_id(page, demo_site)}/")
    expect(page.get_by_text(text)).to_be_visible()
    check_page(page)


def proposed(page: Page, site: Site, text: str) -> str:
    """A version, commented on, answered, and open for two bodies; gives its address."""
    sign_in_as(page, site, "Megan Price")
    in_partnership(page, site, "Home from Hospital", "Vision")
    check_page(page)
    page.get_by_role("button", name="Propose a version").click()
    page.get_by_label("What do we want together?").fill(text)
    page.get_by_role("button", name="Save").click()
    where = page.url
    page.get_by_role("button", name="Comment, or propose another wording").click()
    page.get_by_label("What do you want to say?").fill("Say who comes.")
    page.get_by_label("What should it say instead?").fill("Somebody known to you comes.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Answer").click()
    expect(page.get_by_role("heading", name="As proposed", exact=True)).to_be_visible()
    check_page(page)
    page.get_by_role("radio", name="Partly").check()
    page.get_by_label("Why?").fill("In the next version.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Ask each body to sign").click()
    check_page(page)
    for agency in ("Homelink Tarnside", "Riverside Surgery", "Tarnside Community Health NHS Trust"):
        page.get_by_label(agency).select_option(label="Not asked")
    page.get_by_role("button", name="Ask them to sign").click()
    expect(page.get_by_text("Open for sign-up", exact=True)).to_be_visible()
    return where


def home_id(page: Page, site: Site) -> str:
    """The number of the partnership, as its own pages give it."""
    page.goto(f"{site.url}/partnerships/")
    return (page.get_by_role("link", name="Home from Hospital").get_attribute("href") or "").strip("/").rpartition("/")[2]


def test_a_board_member_with_lived_experience_finds_the_paper_puts_a_point_and_dissents(page: Page, demo_site: Site, window: Window) -> None:
    point = f"Letters that one can read {window}"
    sign_in_as(page, demo_site, "Leah")
    page.goto(f"{demo_site.url}/help/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="My boards").first)
    check_page(page)
    presses.press(page.get_by_role("link", name="Board, winter"))
    expect(page.get_by_text("so that nobody stays away for a bus fare")).to_be_visible()
    check_page(page)
    presses.press(page.get_by_role("button", name="Put a point on the agenda"))
    page.get_by_label("What is it about?").fill(point)
    page.get_by_role("radio", name="To discuss").check()
    check_page(page)
    presses.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", name=point)).to_be_visible()
    presses.must_be_within(presses=4, pages=4)
    page.get_by_role("link", name="Meetings", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Board, summer", exact=True).last.click()
    page.get_by_role("link", name="Dissent").first.click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Write why they dissent")).to_be_visible()
    check_page(page)
    page.get_by_label("In their own words").fill(f"Nobody asked those who wait. {window}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It stands in the minutes.")).to_be_visible()
    expect(page.get_by_text(f"Nobody asked those who wait. {window}")).to_be_visible()
    check_page(page)
