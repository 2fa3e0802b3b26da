"""Signing in: a practitioner needs a second step, wrong tries are counted, and no answer tells whether an account exists."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.config import sign_in
from alongside.web.sign_in import invitation

pytestmark = pytest.mark.django_db
PASSWORD = "three unrelated words"


@pytest.fixture
def amina(tarnside: Tarnside) -> Account:
    account = Account.objects.get(email="amina@tarnside.example")
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in_with(client: Client, email: str, password: str):
    return client.post("/sign-in/", {"login": email, "password": password})


def letters_posted() -> list:
    """Letters leave after the answer; wait for those that are on their way."""
    sign_in.POST.submit(lambda: None).result()
    return mail.outbox


def without_what_differs_each_time(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*|[\w.]+@[\w.]+', "", page)


def test_a_password_alone_shows_a_practitioner_nothing(client: Client, amina: Account) -> None:
    answer = sign_in_with(client, amina.email, PASSWORD)
    assert answer.status_code == 302
    for page in ("/my-work/", "/find/", "/account/", "/who-is-who/", "/my-team/", "/account/sessions/"):
        led = client.get(page)
        assert led.status_code == 302, page
        assert led.headers["Location"] == "/sign-in/set-up-second-step/", page
    assert "identity" not in client.session


def test_who_is_helped_signs_in_by_password(client: Client, tarnside: Tarnside) -> None:
    agencies.open_account(email="leah@home.example", password=PASSWORD, at=now(), for_practitioner=False)
    assert sign_in_with(client, "leah@home.example", PASSWORD).status_code == 302
    assert "identity" in client.session


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, amina: Account) -> None:
    wrong, unknown = (sign_in_with(client, email, "not the password at all") for email in (amina.email, "nobody@tarnside.example"))
    assert wrong.status_code == unknown.status_code
    assert without_what_differs_each_time(wrong.content.decode()) == without_what_differs_each_time(unknown.content.decode())


def test_a_forgotten_password_says_the_same_to_everybody_and_writes_only_to_who_is_there(client: Client, amina: Account) -> None:
    answers = [client.post("/sign-in/forgotten-password/", {"email": email}) for email in (amina.email, "nobody@tarnside.example")]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/sign-in/forgotten-password/sent/")] * 2
    assert [letter.to for letter in letters_posted()] == [[amina.email]]


def test_the_link_of_a_forgotten_password_sets_a_new_one_once(client: Client, amina: Account) -> None:
    client.post("/sign-in/forgotten-password/", {"email": amina.email})
    link = re.search(r"http\S+(/sign-in/new-password/\S+)", letters_posted()[0].body)
    assert link
    page = client.get(link[1], follow=True)
    assert "Choose a new password" in page.content.decode()
    saved = client.post(page.redirect_chain[-1][0], {"password1": "four other words entirely", "password2": "four other words entirely"}, follow=True)
    assert "Your new password is saved" in saved.content.decode()
    assert "does not work any more" in Client().get(link[1], follow=True).content.decode()
    amina.refresh_from_db()
    assert amina.check_password("four other words entirely")


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client, amina: Account) -> None:
    for _ in range(5):
        assert "There have been too many" not in sign_in_with(client, amina.email, "not the password at all").content.decode()
    stopped = sign_in_with(client, amina.email, PASSWORD)
    assert "There have been too many wrong tries" in stopped.content.decode()
    assert not client.session.get("_auth_user_id")


def test_an_account_that_has_ended_signs_in_no_more(client: Client, amina: Account) -> None:
    Account.objects.filter(pk=amina.pk).update(is_active=False)
    sign_in_with(client, amina.email, PASSWORD)
    assert client.get("/my-work/").headers["Location"].startswith("/sign-in/")


def test_short_and_common_passwords_are_refused_with_words(client: Client, amina: Account) -> None:
    client.post("/sign-in/forgotten-password/", {"email": amina.email})
    link = re.search(r"http\S+(/sign-in/new-password/\S+)", letters_posted()[0].body)
    page = client.get(link[1], follow=True).redirect_chain[-1][0]  # type: ignore[index]
    for weak in ("short", "123456789012", "passwordpassword", "amina@tarnside", "qwertyuiopasdf", "alongside2026"):
        assert "There is a problem" in client.post(page, {"password1": weak, "password2": weak}).content.decode(), weak


def test_an_invitation_works_until_a_password_is_set_and_never_longer_than_a_week(client: Client, tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    account = agencies.open_account(email="bilal@tarnside.example", password=None, at=now(), for_practitioner=True)
    token = signing.dumps(account.pk, salt=invitation.SALT)
    assert client.get(f"/sign-in/welcome/{token}/").status_code == 302
    assert client.get(f"/sign-in/welcome/{token[:-1]}/").status_code == 404
    week_ago = int((now() - timedelta(days=invitation.DAYS, minutes=1)).timestamp())
    with monkeypatch.context() as then:
        then.setattr(signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(week_ago))
        old = signing.dumps(account.pk, salt=invitation.SALT)
    assert client.get(f"/sign-in/welcome/{old}/").status_code == 404
    account.set_password(PASSWORD)
    account.save()
    assert client.get(f"/sign-in/welcome/{token}/").status_code == 404


def test_nobody_is_invited_into_an_account_of_the_demo(client: Client, tarnside: Tarnside) -> None:
    account = Account.objects.get(email="amina@tarnside.example")
    assert client.get(f"/sign-in/welcome/{signing.dumps(account.pk, salt=invitation.SALT)}/").status_code == 404


def test_who_was_idle_for_too_long_is_signed_out(client: Client, tarnside: Tarnside, settings: object) -> None:
    agencies.open_account(email="leah@home.example", password=PASSWORD, at=now(), for_practitioner=False)
    sign_in_with(client, "leah@home.example", PASSWORD)
    assert client.get("/account/").status_code == 200
    session = client.session
    session["seen_at"] = now().timestamp() - 32 * 60
    session.save()
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"]
    assert not client.session.get("identity")


def test_signing_out_ends_the_identity_itself_and_not_only_the_cookie(client: Client, tarnside: Tarnside) -> None:
    from alongside.agencies.queries import identify

    agencies.open_account(email="leah@home.example", password=PASSWORD, at=now(), for_practitioner=False)
    sign_in_with(client, "leah@home.example", PASSWORD)
    token = client.session["identity"]
    assert identify(token) is not None
    client.post("/sign-out/")
    assert identify(token) is None


def test_one_click_sign_in_is_not_there_outside_the_demo(client: Client, tarnside: Tarnside) -> None:
    account = Account.objects.get(email="amina@tarnside.example")
    assert client.get("/demo/sign-in/").status_code in (302, 404)
    client.post("/demo/sign-in/", {"account": account.pk})
    assert not client.session.get("identity")


def test_a_letter_that_cannot_be_posted_stops_nobody(client: Client, amina: Account, settings: object, caplog: pytest.LogCaptureFixture) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    assert client.post("/sign-in/forgotten-password/", {"email": amina.email}).status_code == 302
    letters_posted()
    assert "could not be posted" in caplog.text
    assert amina.email not in caplog.text
