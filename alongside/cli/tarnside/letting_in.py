"""Somebody comes to read a record as their own, or parts of it as a helper: asked for by whoever works with the person, let in by Owen's records office, and seen by whoever asked."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid4

from alongside.cli.tarnside.setup import Tarnside
from alongside.confidentiality import gate
from alongside.confidentiality.actions.letting_in import answer_letting_in, answers_seen, ask_to_let_in
from alongside.people.facts import Stands

SEEN = "Passport, and known from visits at home"


def let_in(
    made: Tarnside, *, whose: str, stands: Stands, name: str, email: str, asked_by: str, at: datetime, seen: str = SEEN, parts: Collection[str] = (), until: date | None = None,
) -> None:  # fmt: skip
    with made.acting(asked_by, at=at) as worker:
        access = gate.open_record(worker, made.people[whose], verb="write", category="contact_details", purpose="direct_care", write=True, item="own pages", at=at)
        asked = ask_to_let_in(access=access, by=worker, stands=stands, name=name, email=email, seen=seen, parts=parts, until=until, key=uuid4(), at=at)
    with made.acting("owen", at=at) as owen:
        answer_letting_in(by=owen, asked_id=asked, agreed=True, answer="Seen by somebody who works with them; the address was read back.", at=at)
    with made.acting(asked_by, at=at) as worker:
        answers_seen(by=worker, person_id=made.people[whose], at=at)
