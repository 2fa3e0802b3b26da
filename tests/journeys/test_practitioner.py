"""A practitioner's day in a real browser: record a visit, answer what came in, refer; and everything that goes wrong while one types."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import NARROW, WIDE, WIDE_WITHOUT_SCRIPT, Presses, check_page, sign_in_as, watched
from tests.site import Site

NOAH, MARGARET = "999 000 0026", "999 000 0042"
AUTOSAVED = re.compile(r"^Saved \d+(:\d+)?(am|pm)$|^Saved (midday|midnight)$")


def has_script(page: Page) -> bool:
    return bool(page.evaluate("document.body.classList.contains('js-enabled')"))


def find(page: Page, number: str) -> None:
    """From wherever one is: / and the number, then Enter until the record is open."""
    script = has_script(page)
    if script:
        page.keyboard.press("/")
    else:
        page.get_by_label("Name, date of birth or NHS number").focus()
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    if script:
        expect(page.locator("[data-first-found]")).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add entry")).to_be_visible()


def open_form(page: Page, site: Site, number: str = NOAH, *, kind: str = "visit") -> str:
    """The add-entry form of somebody, with no draft left over from another test; gives its address."""
    page.goto(f"{site.url}/my-work/")
    find(page, number)
    form = f"{page.url}entries/add/"
    page.goto(f"{form}?kind={kind}")
    away = page.get_by_role("button", name="Throw the draft away")
    if away.count():
        away.click()
        page.goto(f"{form}?kind={kind}")
    return form


def write(page: Page, headline: str, *, account: str = "She opened the door and we talked about sleep and feeding.") -> None:
    page.get_by_label("In one line").fill(headline)
    page.locator("#id_account").fill(account)
    page.locator("#id_action_taken").fill("Agreed to come again on Thursday.")


@contextmanager
def kept_as_a_draft(page: Page, last_words: str) -> Iterator[None]:
    """Until the server answers that it has kept these words: "Saved" alone may be said of what was typed before them."""
    with page.expect_response(lambda answer: "/entries/draft/" in answer.url and answer.ok and quote_plus(last_words) in (answer.request.post_data or "")):
        yield
    expect(page.locator(".draft-status")).to_have_text(AUTOSAVED)


def record(page: Page, site: Site, headline: str, *, kind: str = "injury_observation", harm: str = "Somebody may come to serious harm") -> None:
    open_form(page, site, kind=kind)
    write(page, headline)
    page.get_by_label(harm).check()
    page.get_by_role("button", name="Save and share").click()
    hears(page, "Recorded")


def hears(page: Page, words: str) -> None:
    """What the next page says of what was done."""
    expect(page.locator(".notice[role=alert]").first).to_contain_text(words, timeout=20_000)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()


def said(page: Page) -> str:
    return page.locator("main").inner_text()


# ── the main job, within its budgets, in every window ────────────────────────────────────────────────────────────────


def test_a_visit_is_recorded_once_and_the_author_sees_who_was_told(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Megan Price")
    open_form(page, demo_site, MARGARET)
    page.goto(f"{demo_site.url}/my-work/")
    check_page(page)
    headline = f"Visit: managing the stairs {uuid4().hex[:6]}"
    presses = Presses(page)
    find(page, MARGARET)
    check_page(page)
    presses.press(page.get_by_role("button", name="Add entry"))
    page.get_by_label("What kind of entry is it?").select_option("visit")
    write(page, headline)
    check_page(page)
    presses.press(page.get_by_role("button", name="Save and share"))
    presses.must_be_within(presses=2, pages=3)
    hears(page, "Recorded: shared with")
    expect(page.get_by_role("heading", level=1)).to_contain_text(headline)
    assert "Home Support" in page.get_by_label("Who knows").inner_text()
    check_page(page)


def test_what_came_in_is_answered_in_two_presses_and_the_next_opens(page: Page, demo_site: Site) -> None:
    first, second = (f"Mark on the arm {uuid4().hex[:6]}" for _ in range(2))
    sign_in_as(page, demo_site, "Amina Khan")
    record(page, demo_site, first)
    record(page, demo_site, second)
    sign_out(page)
    sign_in_as(page, demo_site, "Daniel Osei")
    page.goto(f"{demo_site.url}/my-work/")
    check_page(page)
    presses = Presses(page)
    presses.press(page.get_by_role("link", name=first))
    check_page(page)
    presses.press(page.get_by_role("button", name="Acknowledge"))
    presses.must_be_within(presses=2, pages=2)
    hears(page, f"Acknowledged: {first}")
    expect(page.get_by_role("button", name="Acknowledge")).to_be_visible()


def test_a_referral_goes_within_its_budget_and_says_when_an_answer_is_due(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/my-work/")
    find(page, NOAH)
    presses = Presses(page)
    presses.press(page.get_by_role("button", name="Refer"))
    check_page(page)
    expect(page.get_by_label("What kind of entry is it?")).to_have_value("referral_child")
    page.get_by_label("In one line").fill(f"Help for Leah and Noah {uuid4().hex[:6]}")
    page.get_by_label("What help is wanted, and why").fill("Somebody to find out how he was hurt, and company for his mother.")
    page.get_by_label("What you have done so far").fill("Spoke with Leah, who agrees.")
    presses.press(page.get_by_role("button", name="Send the referral"))
    presses.must_be_within(presses=6, pages=3)
    hears(page, "First answer due")
    check_page(page)


# ── answers that are not a plain yes ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("window", [NARROW, WIDE_WITHOUT_SCRIPT], ids=str)
def test_not_for_us_needs_a_reason_and_the_sender_sees_it_and_can_disagree(page: Page, demo_site: Site) -> None:
    headline = f"Swelling on the foot {uuid4().hex[:6]}"
    sign_in_as(page, demo_site, "Amina Khan")
    record(page, demo_site, headline)
    sign_out(page)
    sign_in_as(page, demo_site, "Daniel Osei")
    page.goto(f"{demo_site.url}/my-work/")
    page.get_by_role("link", name=headline).click()
    page.get_by_text("Not for us").click()
    page.get_by_role("button", name="Decline").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Answer “Why is it not for you?”")
    check_page(page)
    page.get_by_label("Why is it not for you?").fill("The hospital team already acts.")
    page.get_by_role("button", name="Decline").click()
    hears(page, "Declined")
    sign_out(page)
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/my-work/")
    row = page.locator(".work-row", has_text=headline).filter(has_text="The hospital team already acts.")
    expect(row).to_contain_text("Declined")
    row.get_by_role("link").click()
    page.get_by_text("Disagree with the answer").click()
    page.get_by_label("Why do you disagree?").fill("They see him once; you plan with the family.")
    page.get_by_role("button", name="Ask them to look again").click()
    hears(page, "They must look again")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_a_referral_is_decided_in_words_and_the_referrer_reads_them(page: Page, demo_site: Site) -> None:
    headline = f"Please look at this family {uuid4().hex[:6]}"
    sign_in_as(page, demo_site, "Amina Khan")
    record(page, demo_site, headline, kind="referral_child")
    sign_out(page)
    sign_in_as(page, demo_site, "Priya Nair")
    page.goto(f"{demo_site.url}/inbox/")
    page.get_by_role("link", name=headline).click()
    page.get_by_text("Say what was decided").click()
    page.get_by_label("Accepted: we will assess first").check()
    page.get_by_label("Why, and what happens next").fill("Daniel visits tomorrow.")
    check_page(page)
    page.get_by_role("button", name="Send the decision").click()
    hears(page, "The referrer has been told")
    sign_out(page)
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/my-work/")
    assert "Daniel visits tomorrow." in said(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_a_letter_that_needs_a_second_signature_waits_for_it_and_then_goes(page: Page, demo_site: Site) -> None:
    headline = f"Home with new tablets {uuid4().hex[:6]}"
    sign_in_as(page, demo_site, "Kofi Mensah")
    open_form(page, demo_site, MARGARET, kind="discharge_summary")
    page.get_by_label("In one line").fill(headline)
    page.get_by_label("The summary").fill("Walks with a stick. Two new tablets.")
    page.get_by_label("What you did").fill("Explained the tablets to her.")
    page.get_by_role("button", name="Save and share").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter the time")
    page.get_by_label("At what time?").fill("0:05")
    page.get_by_role("button", name="Save and share").click()
    hears(page, "waits for a second signature")
    assert "Waits for a signature" in page.get_by_label("Who knows").inner_text()


# ── what goes wrong while one types ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_what_is_typed_is_kept_and_comes_back(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    form = open_form(page, demo_site)
    with kept_as_a_draft(page, "And what she said"):
        page.get_by_label("What happened", exact=True).fill("Half a sentence")
        page.get_by_label("In the person’s own words").fill("And what she said")
        page.get_by_label("In one line").focus()
    page.goto(f"{demo_site.url}/my-work/")
    assert "Entry not yet sent" in said(page)
    page.goto(form)
    expect(page.get_by_label("What happened", exact=True)).to_have_value("Half a sentence")
    expect(page.get_by_label("In the person’s own words")).to_have_value("And what she said")
    assert not page.locator(".nhsuk-error-message").count(), "a draft is not called wrong before it is sent"
    check_page(page)


@pytest.mark.parametrize("window", [NARROW, WIDE_WITHOUT_SCRIPT], ids=str)
def test_signed_out_in_the_middle_of_typing_loses_nothing(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    open_form(page, demo_site)
    write(page, "Typed before time ran out", account="Every word of it")
    other = page.context.new_page()
    other.goto(f"{demo_site.url}/my-work/")
    other.get_by_role("button", name="Sign out").click()
    page.get_by_label("In the person’s own words").fill("and these")
    if has_script(page):
        page.get_by_label("In one line").focus()
        expect(page.locator(".draft-status")).to_contain_text("Sign in in a new tab")
    else:
        page.get_by_role("button", name="Save and share").click()
        assert "Every word of it" in page.content()
    sign_in_as(other, demo_site, "Amina Khan")
    page.get_by_role("button", name="Save and share").click() if has_script(page) else page.get_by_role("button", name=re.compile("Send|again")).first.click()
    page.wait_for_load_state()
    if page.get_by_role("button", name=re.compile("Send again|Send it again")).count():
        page.get_by_role("button", name=re.compile("Send again|Send it again")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Typed before time ran out")
    assert "and these" in said(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_two_windows_never_overwrite_each_other_and_both_texts_are_shown(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    form = open_form(page, demo_site)
    other = watched(page.context.new_page())
    other.goto(f"{form}?kind=visit")
    with kept_as_a_draft(page, "Written in the first window"):
        page.get_by_label("What happened", exact=True).fill("Written in the first window")
        page.get_by_label("In one line").focus()
    other.get_by_label("What happened", exact=True).fill("Written in the second window")
    other.get_by_label("In one line").focus()
    expect(other.locator(".draft-status")).to_contain_text("changed in another window")
    other.get_by_role("button", name="See both versions").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Two windows")
    assert "Written in the first window" in said(other)
    assert "Written in the second window" in said(other)
    other.get_by_role("button", name="Go on with what this window holds").click()
    expect(other.get_by_label("What happened", exact=True)).to_have_value("Written in the second window")


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_one_draft_sent_from_two_windows_in_other_words_loses_neither(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    form = open_form(page, demo_site)
    headline = f"Sent from here {uuid4().hex[:6]}"
    with kept_as_a_draft(page, "come again on Thursday"):
        write(page, headline, account="The first words")
        page.get_by_label("In one line").focus()
    other = watched(page.context.new_page())
    other.goto(form)
    page.get_by_role("button", name="Save and share").click()
    hears(page, "Recorded")
    other.locator("#id_account").fill("Other words")
    other.get_by_role("button", name="Save and share").click()
    expect(other.locator("main")).to_contain_text("The first words")
    expect(other.locator("#id_account")).to_have_value("Other words")
    check_page(other)
    other.get_by_role("button", name="Save and share").click()
    hears(other, "Recorded")


@pytest.mark.parametrize("window", [WIDE_WITHOUT_SCRIPT], ids=str)
def test_pressed_twice_it_is_recorded_once(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    form = open_form(page, demo_site)
    headline = f"Pressed twice {uuid4().hex[:6]}"
    write(page, headline)
    page.get_by_role("button", name="Save and share").dblclick()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_contain_text(headline)
    page.goto(form.replace("entries/add/", "chronology/"))
    assert page.locator(".timeline__title", has_text=headline).count() == 1


@pytest.mark.parametrize(("day", "month", "year", "complaint"), [("31", "2", "2026", "must be a real date"), ("3", "3", "26", "year of 4 numbers"), ("1", "1", "2199", "or earlier"), ("", "", "", "Enter the day")])
@pytest.mark.parametrize("window", [NARROW], ids=str)
def test_a_date_that_cannot_be_is_said_so_and_nothing_is_lost(page: Page, demo_site: Site, day: str, month: str, year: str, complaint: str) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    open_form(page, demo_site)
    write(page, "A day that never was", account="Kept all the same")
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Save and share").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text(complaint)
    expect(page.get_by_label("What happened", exact=True)).to_have_value("Kept all the same")
    expect(page.get_by_label("Day", exact=True)).to_have_value(day)
    check_page(page)


@pytest.mark.parametrize("window", [WIDE_WITHOUT_SCRIPT], ids=str)
def test_a_very_long_text_is_taken_and_one_too_long_is_refused_in_words(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    open_form(page, demo_site)
    write(page, f"A long story {uuid4().hex[:6]}", account="word " * 20_001)
    page.get_by_role("button", name="Save and share").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("must be 100,000 characters or fewer")
    assert len(page.get_by_label("What happened", exact=True).input_value()) >= 100_000
    page.get_by_label("What happened", exact=True).fill("word " * 19_999 + "end")
    page.get_by_role("button", name="Save and share").click()
    hears(page, "Recorded")
    page.goto(re.sub(r"entries/.*", "", page.url))
    assert len(page.content()) < 60_000, "a long account is cut on the record, and whole on its own page"


@pytest.mark.parametrize("window", [NARROW], ids=str)
def test_every_script_of_the_world_comes_back_as_it_was_typed(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    open_form(page, demo_site)
    odd = "Ωραία ‮abc‬ 👩‍👩‍👧 e\u0301 שלום ﷽ <b>&amp;</b> 'quote' {{ 7*7 }} " + "x" * 60
    write(page, odd, account=odd)
    page.get_by_role("button", name="Save and share").click()
    hears(page, "Recorded")
    assert odd.strip() in page.locator("h1").inner_text()
    check_page(page)


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_chronology_is_narrowed_and_a_correction_shows_both_texts(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    headline = f"Left arm {uuid4().hex[:6]}"
    record(page, demo_site, headline)
    page.get_by_role("button", name="Correct it").click()
    check_page(page)
    page.get_by_label("What was wrong").fill("It was the other arm.")
    page.get_by_label("In one line").fill(headline.replace("Left", "Right"))
    page.get_by_role("button", name="Put it right and tell readers").click()
    hears(page, "Put right")
    assert headline in said(page)
    check_page(page)
    page.goto(f"{re.sub(r'entries/.*', '', page.url)}chronology/?kind=all:health")
    assert "Nothing like this is recorded" in said(page)
    page.goto(page.url.replace("all:health", "injury_observation"))
    expect(page.locator(".timeline__event", has=page.get_by_role("link", name=headline, exact=True))).to_contain_text("Corrected")
    check_page(page)


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_only_the_record_itself_is_printed(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    page.goto(f"{demo_site.url}/my-work/")
    find(page, NOAH)
    page.goto(f"{page.url}chronology/")
    page.emulate_media(media="print")
    assert page.locator(".timeline").is_visible()
    assert page.locator(".identity").is_visible()
    assert not any(page.locator(part).first.is_visible() for part in (".narrowing", ".frame-navigation", "[data-print]"))


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=str)
def test_the_preview_changes_as_one_types_and_a_partner_can_be_added_with_a_reason(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    open_form(page, demo_site, kind="")
    page.get_by_label("Type to find a kind").fill("bruise")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What kind of entry is it?")).to_have_value("injury_observation")
    page.get_by_label("Somebody may come to serious harm").check()
    preview = page.get_by_label("Who will be told")
    expect(preview).to_contain_text("3 teams told")
    write(page, f"A bruise {uuid4().hex[:6]}")
    preview.get_by_text("Tell somebody else as well").click()
    preview.get_by_label("Safeguarding Leads").check()
    preview.locator(".wish:has(:checked)").get_by_label("Why they must know").fill("His sister goes there")
    page.get_by_label("In one line").focus()
    expect(preview.locator(".outcome--told", has_text="Safeguarding Leads")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Save and share").click()
    expect(page.get_by_label("Who knows")).to_contain_text("Safeguarding Leads")


@pytest.mark.parametrize("window", [NARROW, WIDE_WITHOUT_SCRIPT], ids=str)
def test_the_finder_forgives_and_says_when_nobody_is_there(page: Page, demo_site: Site) -> None:
    sign_in_as(page, demo_site, "Amina Khan")
    for typed, expected in (("noa turner", "Noah Turner"), ("Zzyzx Qqq", "Nobody found"), ("14/5/2004", "Leah Turner")):
        page.goto(f"{demo_site.url}/find/")
        page.get_by_label("Name, date of birth or NHS number").fill(typed)
        page.keyboard.press("Enter")
        expect(page.locator("#found")).to_contain_text(expected)
        assert page.url.endswith("/find/"), "what was asked never stands in an address"
        check_page(page)
