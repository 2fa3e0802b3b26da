"""Somebody without an account has their say and reads the answer; a worker types in a form; the lead answers; a board is shown whom it does not hear."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import Presses, Window, check_page, sign_in_as
from tests.site import Site


def test_somebody_without_an_account_has_their_say_and_reads_the_answer(page: Page, demo_site: Site, window: Window) -> None:
    said = f"The lift in the town hall is broken ({window})."
    page.goto(f"{demo_site.url}/about/have-your-say/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="Have your say to Tarnside Together"))
    check_page(page)
    page.get_by_label("What do you want to say?").fill(said)
    presses.press(page.get_by_role("radio", name="Anything else"))
    presses.press(page.get_by_role("button", name="Send it"))
    expect(page.get_by_role("link", name="Tick the box: I have named nobody")).to_be_visible()
    check_page(page)
    expect(page.get_by_label("What do you want to say?")).to_have_value(said)
    presses.press(page.get_by_role("checkbox", name="I have named nobody"))
    presses.press(page.get_by_role("button", name="Send it"))
    check_page(page)
    reference = re.search(r"Your reference: (\w{3} \w{3} \w{3})", page.get_by_role("main").inner_text())
    assert reference
    presses.must_be_within(presses=5, pages=3)
    lead_answers(page, demo_site, said)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{demo_site.url}/about/have-your-say/answer/")
    check_page(page)
    page.get_by_label("Your reference").fill(reference[1].lower())
    page.get_by_role("button", name="Read the answer").click()
    expect(page.get_by_text("The council mends it.")).to_be_visible()
    expect(page.get_by_text("Adopted", exact=True)).to_be_visible()
    check_page(page)
    page.goto(f"{demo_site.url}/about/partnership/1/what-changed/")
    expect(page.get_by_role("heading", name=f"The lift is broken, {window}.")).to_be_visible()
    expect(page.get_by_text(said)).to_have_count(0)
    check_page(page)


def lead_answers(page: Page, site: Site, said: str) -> None:
    """As Sunita, from the partnership's home to the answer; without a day it asks for one, and keeps what was typed."""
    sign_in_as(page, site, "Sunita Rao")
    page.goto(f"{site.url}/partnership/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="Who is heard", exact=True))
    check_page(page)
    presses.press(page.get_by_role("link", name="All contributions"))
    check_page(page)
    presses.press(page.get_by_role("link", name=f"Answer: {said}"))
    check_page(page)
    page.get_by_role("radio", name="Adopted", exact=True).check()
    page.get_by_label("What did you hear?").fill(f"The lift is broken, {said.partition('(')[2].rstrip(').')}.")
    page.get_by_label("Why, and what will you do?").fill("The council mends it.")
    day = page.locator("[name=by_when_day]")
    promised = day.input_value()
    day.fill("")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="Your answer to “By when?” must include a day")).to_be_visible()
    expect(page.get_by_label("Why, and what will you do?")).to_have_value("The council mends it.")
    check_page(page)
    day.fill(promised)
    presses.press(page.get_by_role("button", name="Send the answer"))
    expect(page.get_by_text("Answered. Whoever has the reference can read it now.")).to_be_visible()
    check_page(page)


def test_a_worker_types_in_a_form_that_came_on_paper(page: Page, demo_site: Site, window: Window) -> None:
    sign_in_as(page, demo_site, "Joan Whitty")
    page.goto(f"{demo_site.url}/about/partnership/1/have-your-say/on-paper/")
    check_page(page)
    reference = page.locator(".paper-form__tear-off strong").first.inner_text()
    page.goto(f"{demo_site.url}/partnership/1/voice/contributions/type-in/")
    check_page(page)
    page.get_by_role("radio", name="On paper").check()
    page.get_by_role("radio", name="Word for word").check()
    page.get_by_label("What was said or written?").fill(f"Longer visits, please ({window}).")
    page.get_by_label("Reference on the form").fill(reference)
    page.get_by_label("What is it about?").select_option(label="Anything else")
    page.get_by_role("checkbox", name="Nobody who is helped is named").check()
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_text(reference)).to_be_visible()
    page.get_by_role("link", name=f"Answer: Longer visits, please ({window}).").click()
    expect(page.get_by_text("Typed in by Joan Whitty, Homelink Tarnside: word for word.")).to_be_visible()
    expect(page.get_by_role("button", name="Send the answer")).to_have_count(0)
    check_page(page)


def test_a_board_is_shown_whom_it_does_not_hear(page: Page, demo_site: Site, window: Window) -> None:
    sign_in_as(page, demo_site, "Moira Blake")
    page.goto(f"{demo_site.url}/partnership/")
    page.get_by_role("link", name="Safer Evenings", exact=True).click()
    expect(page.get_by_role("link", name="waited too long for an answer").first).to_be_visible()
    page.get_by_role("link", name="Who is heard", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Young people’s forum").click()
    expect(page.get_by_role("heading", name="It claims 3 rungs more than is on record")).to_be_visible()
    expect(page.get_by_text("Where they live: Harbour and North End")).to_be_visible()
    check_page(page)
    page.get_by_text("The same as a table").first.click()
    expect(page.get_by_role("table", name="Rungs of the ladder of participation")).to_be_visible()
    for name in ("Count who takes part", "Record who spoke", "Claim a rung", "Close it"):
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).click()
        check_page(page)
        page.get_by_role("link", name="Young people’s forum").first.click()
