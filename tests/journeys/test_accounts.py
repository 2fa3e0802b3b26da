"""The open book: a treasurer loads a file and answers for it, a board member asks about a line, two partners close a period, an auditor follows a figure to its invoice, and anybody reads what was published."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import WIDE, Presses, Window, check_page, sign_in_as
from tests.site import Site


def to_accounts(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/partnership/")
    if not page.get_by_role("heading", name=name, level=1).is_visible():
        page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("link", name="Accounts", exact=True).click()


def test_a_finance_lead_loads_a_file_and_sees_that_every_penny_is_accounted_for(page: Page, demo_site: Site, window: Window) -> None:
    sign_in_as(page, demo_site, "Peter Lund")
    to_accounts(page, demo_site, "Tarnside Together")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Import a spend file"))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Choose")).to_be_visible()
    check_page(page)
    day = date.today() - timedelta(days=3)
    rows = f'Date,Payee,Net,Cost centre\n{day:%d/%m/%Y},Lantern Printing Ltd,"1,200.00",Leaflets {window}\n{day:%d/%m/%Y},Lantern Printing Ltd,"1,200.00",Leaflets {window}\n{day:%Y-%m-%d},Lantern Printing Ltd,(20.00),Leaflets {window}\n'
    page.locator("input[type=file]").set_input_files({"name": "leaflets.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    presses.press(page.get_by_role("button", name="Read it"))
    expect(page.get_by_text("Nothing is in the books yet")).to_be_visible()
    check_page(page)
    presses.press(page.get_by_role("button", name="Put 2 lines into the books"))
    expect(page.get_by_text("2 lines of this file are in the books.")).to_be_visible()
    expect(page.get_by_text("Every penny is accounted for")).to_be_visible()
    presses.must_be_within(presses=4, pages=4)
    check_page(page)


def test_a_board_member_asks_about_a_line_and_the_payer_answers(page: Page, demo_site: Site, window: Window) -> None:
    question = f"Who was at it, seen {window}?"
    sign_in_as(page, demo_site, "Joan Whitty")
    to_accounts(page, demo_site, "Tarnside Together")
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Every line"))
    check_page(page)
    presses.press(page.get_by_role("link", name="Tarn Translation Services Ltd").first)
    check_page(page)
    page.get_by_label("What do you want to know?").fill(question)
    presses.press(page.get_by_role("button", name="Ask Tarnside Council"))
    expect(page.get_by_text("Asked. Tarnside Council")).to_be_visible()
    presses.must_be_within(presses=3, pages=4)
    where = page.url
    sign_in_as(page, demo_site, "Priya Nair")
    page.goto(where)
    page.get_by_role("button", name="Answer", exact=True).first.click()
    check_page(page)
    page.get_by_label("Your answer").fill("Two mothers and the health visitor.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("Answered. Every partner can read it.")).to_be_visible()
    check_page(page)


def test_an_auditor_follows_a_figure_to_the_invoice_and_to_every_change(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Grace Adeyemi")
    to_accounts(page, demo_site, "Tarnside Together")
    page.get_by_role("button", name="Every line").click()
    page.get_by_label("Supplier, cost centre, number or what for").fill("Harbour Training")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Harbour Training Ltd").last.click()
    expect(page.get_by_text("invoice.txt")).to_be_visible()
    expect(page.get_by_text("Fourteen of the forty places")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_role("link", name="Every change").click()
    expect(page.get_by_text("Nobody can leave a change out")).to_be_visible()
    check_page(page)
    for way in ("Contributions", "What came of it", "Pooled funds", "Cost centres and suppliers", "Periods and files"):
        page.goto(page.url.split("accounts/")[0] + "accounts/")
        page.get_by_role("link", name=way, exact=True).click()
        check_page(page)


@pytest.mark.parametrize("window", [WIDE])
def test_money_that_is_late_and_a_question_nobody_answered_stand_on_the_partnership_s_home(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Moira Blake")
    page.goto(f"{demo_site.url}/partnership/")
    if not page.get_by_role("heading", name="Safer Evenings", level=1).is_visible():
        page.get_by_role("link", name="Safer Evenings", exact=True).first.click()
    expect(page.get_by_role("link", name="A question on the accounts that Tarnside Police has not answered")).to_be_visible()
    page.get_by_role("link", name="contributions not there on the day").click()
    expect(page.get_by_text("Nothing has come.").first).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("window", [WIDE])
def test_a_period_is_proposed_by_one_and_waits_for_another_partner(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Megan Price")
    to_accounts(page, demo_site, "Home from Hospital")
    check_page(page)
    page.get_by_role("link", name="is over and still open").click()
    check_page(page)
    page.get_by_role("button", name="Propose to close it").click()
    expect(page.get_by_text("Proposed. Somebody who speaks for another partner must confirm it.")).to_be_visible()
    expect(page.get_by_role("button", name="Close it for good")).to_have_count(0)
    where = page.url
    sign_in_as(page, demo_site, "Kofi Mensah")
    page.goto(where)
    page.get_by_role("button", name="Send it back").click()
    expect(page.get_by_text("Sent back. The period is open again.")).to_be_visible()
    check_page(page)


def test_anybody_reads_what_was_published_and_no_name_of_a_person(page: Page, demo_site: Site) -> None:
    page.goto(f"{demo_site.url}/about/partnership/1/accounts/")
    expect(page.get_by_role("heading", name="What it was spent on")).to_be_visible()
    expect(page.get_by_text("A person, not named").first).to_be_visible()
    expect(page.get_by_text("Holroyd")).to_have_count(0)
    check_page(page)


def test_a_finance_lead_counts_a_claim_of_the_register_and_the_register_says_what_was_found(page: Page, demo_site: Site, window: Window) -> None:
    found = f"Compared with a district like ours, {window}: no difference."
    sign_in_as(page, demo_site, "Owen Reed")
    to_accounts(page, demo_site, "Tarnside Together")
    page.get_by_role("link", name="What came of it", exact=True).click()
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Record what came of it"))
    check_page(page)
    page.get_by_label("Which claim of the register is it?").select_option(label="People tell their story once.")
    page.get_by_role("radio", name="People who are helped").check()
    page.get_by_label("What it is said to be worth").fill("5,000")
    page.get_by_role("radio", name="Matched").check()
    page.get_by_label("How is it known?").fill(found)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("link", name="Enter what is left after what would have happened anyway")).to_be_visible()
    check_page(page)
    page.get_by_label("What is left after what would have happened anyway").fill("0")
    presses.press(page.get_by_role("button", name="Record it"))
    expect(page.get_by_text("On the register it stands beside the claim.")).to_be_visible()
    presses.must_be_within(presses=2, pages=4)
    expect(page.get_by_text("On the register this is refuted").first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="People tell their story once.", exact=True).first.click()
    expect(page.get_by_text(found).first).to_be_visible()
    expect(page.get_by_text("said to be worth £5,000.00 to people themselves, of which £0.00 is left").first).to_be_visible()
    check_page(page)
