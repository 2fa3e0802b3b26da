"""Signing in as people do: an invitation, a password, a second step by app or passkey, a lost phone, a forgotten password."""

import base64
import email
import hashlib
import hmac
import os
import re
import struct
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import NARROW_WITHOUT_SCRIPT, WIDE, WINDOWS, Presses, check_page, sign_in_as, watched
from tests.site import Site

PASSWORD = "three unrelated words"


def address(site: Site) -> str:
    """As browsers know it: a passkey belongs to a name, never to a number."""
    return site.url.replace("127.0.0.1", "localhost")


def last_letter(to: str) -> str:
    """The newest letter to somebody, waited for, because letters leave after the answer."""
    folder = Path(os.environ["ALONGSIDE_HOME"]) / "mail"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for file in sorted(folder.glob("*"), key=lambda one: one.stat().st_mtime, reverse=True) if folder.exists() else []:
            for text in reversed(file.read_text().split("-" * 79)):
                letter = email.message_from_string(text.strip())
                if letter["To"] == to:
                    return str(letter.get_payload(decode=True).decode())  # type: ignore[union-attr]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {to}")


def link_in(letter: str, site: Site) -> str:
    found = re.search(r"http://\S+", letter)
    assert found, letter
    return found[0].replace("127.0.0.1", "localhost")


def code_of(secret: str, *, step: int = 0) -> str:
    """What an authenticator app shows now (`step` half-minutes from now)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time() // 30) + step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def press(page: Page, button: str) -> None:
    """Press it and be on the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def new_colleague(page: Page, site: Site, name: str) -> str:
    """Ruth, who looks after her agency, opens an account; the address it is for."""
    to = f"{name.split()[0].lower()}-{time.time_ns()}@tarnside.example"
    sign_in_as(page, site, "Ruth Ellis")
    page.goto(f"{site.url}/agency/")
    check_page(page)
    press(page, "Open an account")
    check_page(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Work email address").fill(to)
    page.get_by_label("Title").fill("Family nurse")
    page.get_by_label("Role").select_option("family_nurse")
    page.get_by_label("Team", exact=True).select_option(label="Family Nurse Team")
    page.get_by_role("button", name="Open the account").click()
    expect(page.locator("body")).to_contain_text("An invitation is on its way")
    check_page(page)
    return to


def set_first_password(page: Page, site: Site, to: str) -> None:
    page.goto(link_in(last_letter(to), site))
    check_page(page)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new password is saved")
    check_page(page)


def type_password(page: Page, site: Site, to: str, password: str = PASSWORD) -> None:
    page.goto(f"{address(site)}/sign-in/")
    page.get_by_label("Email address").fill(to)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def set_up_app(page: Page, site: Site) -> tuple[str, list[str]]:
    """From the page that asks for a second step: the app's secret and the recovery codes."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second step")
    check_page(page)
    press(page, "Use an app")
    check_page(page)
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ecovery codes")
    check_page(page)
    codes = re.findall(r"\b[0-9]{8}\b", page.locator("main").inner_text())
    assert len(codes) == 10
    return secret, codes


@pytest.fixture
def other(page: Page):
    """A second browser, on somebody else's desk."""
    context = page.context.browser.new_context(viewport=page.viewport_size, locale="en-GB")  # type: ignore[union-attr]
    context.set_default_timeout(10_000)
    yield watched(context.new_page())
    context.close()


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_new_colleague_is_invited_chooses_a_password_sets_up_a_second_step_and_signs_in(page: Page, other: Page, demo_site: Site) -> None:
    to = new_colleague(other, demo_site, "Bilal Rahman")
    set_first_password(page, demo_site, to)
    type_password(page, demo_site, to)
    page.goto(f"{address(demo_site)}/my-work/")
    secret, codes = set_up_app(page, demo_site)
    page.goto(f"{address(demo_site)}/my-work/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.goto(f"{address(demo_site)}/account/sessions/")
    expect(page.locator("main")).to_contain_text("This device")
    check_page(page)
    press(page, "Sign out")
    page.goto(f"{address(demo_site)}/my-work/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    type_password(page, demo_site, to)
    check_page(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("This code is wrong or too old")
    check_page(page)
    page.get_by_label("Code").fill(codes[0])  # the app's own code was used a moment ago, and no code works twice
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")


@pytest.mark.parametrize("window", [WIDE], ids=str)
def test_a_passkey_replaces_the_code_and_the_password(page: Page, other: Page, demo_site: Site) -> None:
    to = new_colleague(other, demo_site, "Cara Lind")
    set_first_password(page, demo_site, to)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    type_password(page, demo_site, to)
    press(page, "Use a passkey")
    check_page(page)
    page.get_by_label("Name for this device").fill("Work laptop")
    page.get_by_label("Let this device replace my password").check()
    press(page, "Add a passkey")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ecovery codes")
    page.goto(f"{address(demo_site)}/my-work/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.goto(f"{address(demo_site)}/account/second-step/passkeys/")
    expect(page.locator("main")).to_contain_text("Work laptop")
    check_page(page)
    press(page, "Sign out")

    page.goto(f"{address(demo_site)}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_a_lost_second_step_comes_off_when_two_people_agree_and_whose_it_was_is_told(page: Page, other: Page, demo_site: Site) -> None:
    to = new_colleague(other, demo_site, "Dev Anand")
    set_first_password(page, demo_site, to)
    type_password(page, demo_site, to)
    set_up_app(page, demo_site)

    other.get_by_text("They lost their second step").click()
    other.get_by_label("How did you make sure it is them?").fill("Dev came to my desk with his staff card.")
    press(other, "Ask for a reset")
    expect(other.locator("body")).to_contain_text("Somebody else must confirm it")
    check_page(other)
    other.get_by_role("link", name="A reset of their second step").click()
    other.wait_for_load_state()
    expect(other.locator("main")).to_contain_text("Whoever asked cannot confirm")
    expect(other.get_by_role("button", name="Confirm the reset")).to_have_count(0)
    check_page(other)
    waiting = other.url

    make_manager(other, demo_site, "Dr Eleanor Hughes")
    sign_in_as(other, demo_site, "Dr Eleanor Hughes")
    other.goto(waiting)
    check_page(other)
    other.get_by_role("button", name="Confirm the reset").click()
    other.wait_for_load_state()
    assert "took the second step off your account" in last_letter(to)

    page.goto(f"{address(demo_site)}/my-work/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in"), "every session of theirs has ended"
    type_password(page, demo_site, to)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second step")


def make_manager(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/agency/")
    page.get_by_role("link", name=name).click()
    page.get_by_text("Add to a team").click()
    page.get_by_label("Team", exact=True).select_option(label="Family Nurse Team")
    page.get_by_label("They manage this team").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("window", [WIDE, NARROW_WITHOUT_SCRIPT], ids=str)
def test_a_forgotten_password_is_set_anew_by_mail(page: Page, other: Page, demo_site: Site) -> None:
    to = new_colleague(other, demo_site, "Edda Moss")
    set_first_password(page, demo_site, to)
    page.goto(f"{address(demo_site)}/sign-in/")
    presses = Presses(page)
    presses.press(page.get_by_role("link", name="I have forgotten my password"))
    check_page(page)
    page.get_by_label("Email address").fill(to)
    presses.press(page.locator("main form button[type=submit]"))
    check_page(page)
    page.goto(link_in(last_letter(to), demo_site))
    page.get_by_label("New password", exact=True).fill("quite another set of words")
    page.get_by_label("New password again").fill("quite another set of words")
    presses.press(page.get_by_role("button", name="Save"))
    presses.must_be_within(presses=3, pages=5)
    assert "password has been" in last_letter(to)
    type_password(page, demo_site, to, "quite another set of words")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second step")
