"""A chair ends a partnership, with the effect before and what goes back after; a secretary attaches a paper and hands out minutes; somebody of several partnerships goes from one to the other."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browser import Presses, Window, check_page, sign_in_as
from tests.journeys.test_governance import in_partnership
from tests.journeys.test_partnership import fill_date
from tests.site import Site


def founded(page: Page, site: Site, name: str) -> None:
    """A partnership of two agencies whose chair and lead Nadia is, with a board that can decide by itself."""
    sign_in_as(page, site, "Nadia Rossi")
    page.goto(f"{site.url}/partnerships/start/local_programme/")
    page.get_by_label("What is it called?").fill(name)
    page.get_by_label("What do you want together?").fill("Nobody is cold.")
    page.get_by_role("radio", name="Start it now").check()
    page.get_by_label("Why is it needed?").fill("Cold rooms make people ill.")
    page.get_by_role("button", name="Found it").click()
    expect(page.get_by_text("Founded.")).to_be_visible()
    page.goto(page.url.removesuffix("why/"))
    page.get_by_role("button", name="Let an agency join").click()
    page.get_by_label("Which agency joins?").select_option(label="Homelink Tarnside")
    page.get_by_role("button", name="Let it join").click()
    in_partnership(page, site, name, "Governance")
    page.get_by_role("button", name="When it can decide").click()
    page.get_by_label("How many voting members must be there?").fill("1")
    page.get_by_label("From how many partners at least?").fill("1")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Give somebody a seat").click()
    page.get_by_role("radio", name="For a partner").check()
    page.get_by_label("Who is it?").select_option(label="Nadia Rossi, Housing officer, Tarnside Council Housing")
    page.get_by_role("radio", name="Chair", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Seated.")).to_be_visible()


def test_a_chair_ends_a_partnership_that_her_board_has_decided_to_end(page: Page, demo_site: Site, window: Window) -> None:
    name = f"Warm Rooms {window}"
    founded(page, demo_site, name)
    in_partnership(page, demo_site, name, "How it ends")
    expect(page.get_by_text("No decision of the board to end it stands.")).to_be_visible()
    check_page(page)
    in_partnership(page, demo_site, name, "Meetings")
    page.get_by_role("button", name="Call a meeting").click()
    page.get_by_label("What is it called?").fill("Last meeting")
    fill_date(page, "on", date.today())
    page.get_by_label("At what time?").fill("0:05")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put a point on the agenda").click()
    page.get_by_label("What is it about?").fill("Go on or stop?")
    page.get_by_role("radio", name="To decide").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Who is there?").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write down a decision").click()
    page.get_by_label("What was decided?").fill("We stop.")
    page.get_by_label("In favour").fill("1")
    page.get_by_label("It decides that this partnership ends").check()
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("With that the partnership ends.")).to_be_visible()
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="How it ends"))
    check_page(page)
    presses.press(page.get_by_role("button", name="See what would end, and end it"))
    for words in ("What happens at that moment", "Still open", "What goes back to whom"):
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    check_page(page)
    presses.press(page.get_by_role("button", name="End it"))
    expect(page.get_by_role("link", name="Say why it ends")).to_be_visible()
    check_page(page)
    fill_date(page, "on", date.today())
    page.get_by_label("Why does it end?").fill("Housing answers the visitors directly now.")
    presses.press(page.get_by_role("button", name="End it"))
    expect(page.get_by_text("It has ended. Every tap in it is shut, and its members are told.")).to_be_visible()
    presses.must_be_within(presses=4, pages=4)
    check_page(page)
    goes_back(page)
    where = page.url
    page.goto(f"{demo_site.url}/partnerships/")
    check_page(page)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text(f"{name} ended on")).to_be_visible()
    expect(page.get_by_role("button", name="Draft an agreement")).to_be_hidden()
    check_page(page)
    page.get_by_role("link", name="What everybody can read about this partnership").click()
    expect(page.get_by_text("This partnership ended on")).to_be_visible()
    check_page(page)
    sign_in_as(page, demo_site, "Joan Whitty")
    page.goto(where)
    expect(page.get_by_text("Housing answers the visitors directly now.")).to_be_visible()
    expect(page.get_by_role("button", name="Add a line")).to_be_hidden()
    check_page(page)


def goes_back(page: Page) -> None:
    """One line of the exit plan is written down and ticked off."""
    page.get_by_role("button", name="Add a line").click()
    page.get_by_role("radio", name="Goods and equipment").check()
    page.get_by_label("What goes back?").fill("Twelve thermometers")
    page.get_by_label("To whom?").select_option(label="Homelink Tarnside")
    page.get_by_label("Who sees to it?").select_option(label="Nadia Rossi, Housing officer, Tarnside Council Housing")
    fill_date(page, "due", date.today() + timedelta(days=20))
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It stands in the exit plan.")).to_be_visible()
    page.get_by_role("link", name="Tick off").click()
    check_page(page)
    page.get_by_label("How was it given back?").fill("Brought to Peter.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Brought to Peter.”")).to_be_visible()
    check_page(page)


def test_a_secretary_attaches_a_paper_and_hands_out_the_minutes(page: Page, demo_site: Site, window: Window, tmp_path: Path) -> None:
    name = f"Small board {window}"
    sign_in_as(page, demo_site, "Sunita Rao")
    in_partnership(page, demo_site, "Tarnside Together", "Meetings")
    page.get_by_role("button", name="Call a meeting").click()
    page.get_by_label("What is it called?").fill(name)
    fill_date(page, "on", date.today())
    page.get_by_label("At what time?").fill("0:05")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put a point on the agenda").click()
    page.get_by_label("What is it about?").fill("Waits on the wards")
    page.get_by_role("radio", name="To know").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is on the agenda.")).to_be_visible()
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="Attach a paper"))
    check_page(page)
    wrong, paper = tmp_path / "waits.exe", tmp_path / "waits.csv"
    wrong.write_bytes(b"MZ" + bytes(100))
    paper.write_text("Ward,Days\n7,3.8\n")
    page.locator("input[type=file]").set_input_files(wrong)
    presses.press(page.get_by_role("button", name="Attach it"))
    expect(page.get_by_role("link", name="Save it as one of these")).to_be_visible()
    check_page(page)
    page.locator("input[type=file]").set_input_files(paper)
    presses.press(page.get_by_role("button", name="Attach it"))
    expect(page.get_by_role("link", name="waits.csv")).to_be_visible()
    presses.must_be_within(presses=3, pages=3)
    check_page(page)
    with page.expect_download() as found:
        page.get_by_role("link", name="waits.csv").click()
    assert Path(found.value.path()).read_text() == "Ward,Days\n7,3.8\n"
    page.get_by_role("button", name="Close the meeting").click()
    page.get_by_role("button", name="Close it").click()
    check_page(page)
    with page.expect_download() as found:
        page.get_by_role("link", name="As a Word document").click()
    words = zipfile.ZipFile(io.BytesIO(Path(found.value.path()).read_bytes())).read("word/document.xml").decode()
    assert f"Minutes: {name}" in words
    assert "Papers: waits.csv." in words


def test_whoever_belongs_to_several_partnerships_goes_from_one_to_the_other_in_one_press(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Peter Lund")
    page.goto(f"{demo_site.url}/agreements/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("navigation", name="Your partnerships").get_by_role("link", name="Home from Hospital"))
    expect(page.get_by_role("link", name="Coming home from hospital")).to_be_visible()
    presses.press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Information needs"))
    expect(page.get_by_role("heading", name="Home from Hospital Information needs")).to_be_visible()
    presses.must_be_within(presses=2, pages=2)
    check_page(page)
