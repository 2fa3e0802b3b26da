"""What has happened in Tarnside lately: a family nurse worried about a baby, told through the product's own actions."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.cast import PEOPLE, PEOPLE_WHO_SIGN_IN
from alongside.cli.tarnside.own_side import own_side
from alongside.cli.tarnside.setup import Tarnside
from alongside.people import actions as people
from alongside.records.actions import NewEntry, Part, acknowledge_share, add_entry
from alongside.records.facts import Harm, Link, PersonFacts
from alongside.records.queries import inbox


def tell(made: Tarnside, *, at: datetime) -> Iterator[str]:
    """Each step yields what it did, for whoever watches."""
    with transaction.atomic():
        sign_ins(made, at)
        yield "Leah and Margaret can read their own records"
    for who, when, entry in entries(made, at):
        with made.acting(who, at=at - when) as author:
            add_entry(by=author, new=entry, at=at - when)
        yield f"{author.name}: {entry.headline}"
    for who in ("grace", "sam"):
        with made.acting(who, at=at - timedelta(days=1)) as reader:
            for share in inbox(reader):
                acknowledge_share(by=reader, reference=share.reference, at=at - timedelta(days=1), used=True)
        yield f"{reader.name} acknowledged what came in"
    yield from own_side(made, at=at)


def sign_ins(made: Tarnside, at: datetime) -> None:
    with made.acting("owen", at=at):
        for person in PEOPLE:
            if person.key in PEOPLE_WHO_SIGN_IN:
                account = agencies.open_account(email=f"{person.key}@tarnside.example", password=None, at=at, for_practitioner=False, is_demo=True)
                people.let_sign_in(account_id=account.pk, person_id=made.people[person.key], at=at)


def entries(made: Tarnside, at: datetime) -> Iterator[tuple[str, timedelta, NewEntry]]:
    who = made.people
    noah = PersonFacts(who["noah"], kind="child", age=0)
    ella, margaret = PersonFacts(who["ella"], kind="child", age=7), PersonFacts(who["margaret"], kind="adult", age=78)
    day = timedelta(days=1)
    yield "amina", 14 * day, NewEntry(
        uuid.uuid4(), "visit", (noah,), "Home visit: feeding going well", "Noah is gaining weight and smiles at his mother. Leah is tired but confident with feeding.", at - 14 * day,
        words_of_person="I know what he wants before he cries now.", effect="Noah is settled and close to his mother.", action_taken="Next visit in two weeks; talked about sleep.",
    )  # fmt: skip
    yield "lewis", 5 * day, NewEntry(
        uuid.uuid4(), "domestic_abuse_incident", (ella,), "Police called to the home on Thursday night",
        "Called by a neighbour at 22:40. Leah's former partner was shouting at the door and had left when we came. Ella was awake upstairs.", at - 5 * day,
        effect="Ella heard it and may be tired and frightened.", action_taken="Safety advice given; former partner told to stay away.", harm=Harm.POSSIBLE, purpose="safeguarding_child",
        tags=frozenset({"child_present"}), parts=(Part("victim_statement", "domestic_abuse", "He said he would be back. I did not want the children to see him like that."),),
    )  # fmt: skip
    yield "amina", 2 * day, NewEntry(
        uuid.uuid4(), "injury_observation", (noah, PersonFacts(ella.person_id, Link.SIBLING, "child", 7)), "Small round bruise on Noah's cheek",
        "A bruise the size of a penny on his left cheek. Noah is four months old and cannot yet roll or crawl. Leah does not know how it happened.", at - 2 * day,
        words_of_person="I only saw it this morning. I want to know too.", effect="A baby who cannot move by himself should not have a bruise.",
        action_taken="Told Leah what I am worried about and that I must tell children's services. Rang the duty manager.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
    )  # fmt: skip
    yield "amina", 2 * day, NewEntry(
        uuid.uuid4(), "referral_child", (noah,), "Referral: bruise in a baby who is not yet mobile",
        "Please decide whether Noah is at risk of significant harm. Leah knows of this referral and is willing to talk with you.", at - 2 * day,
        effect="Noah needs somebody to find out how this happened.", action_taken="Referred today by telephone and in writing.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
    )  # fmt: skip
    yield "joan", 1 * day, NewEntry(
        uuid.uuid4(), "visit", (margaret,), "First visit since hospital", "Margaret managed the stairs with the new rail and made us both tea.", at - day,
        words_of_person="I want to be back at my sewing group by Christmas.", effect="She is stronger and more confident.", action_taken="Rang the group; a lift is arranged for Thursday.",
        purpose="direct_care",
    )  # fmt: skip
