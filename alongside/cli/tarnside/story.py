"""What has happened in Tarnside lately: a family nurse worried about a baby, told through the product's own actions."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.aftermath import aftermath
from alongside.cli.tarnside.cast import PEOPLE, PEOPLE_WHO_SIGN_IN
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.own_side import own_side
from alongside.cli.tarnside.setup import Tarnside
from alongside.people.facts import Stands
from alongside.records.actions import NewEntry, Part, Recorded, add_entry
from alongside.records.facts import Harm, Link, PersonFacts

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHO_ASKED = {"leah": "amina", "margaret": "megan"}


def tell(made: Tarnside, *, at: datetime) -> Iterator[str]:
    """Each step yields what it did, for whoever watches."""
    with transaction.atomic():
        sign_ins(made, at)
        yield "Leah and Margaret can read their own records"
    recorded: dict[str, Recorded] = {}
    for key, who, ago, entry in entries(made, at):
        with made.acting(who, at=at - ago) as author:
            recorded[key] = add_entry(by=author, new=entry, at=at - ago)
        yield f"{author.name}: {entry.headline}"
    yield from own_side(made, at=at)
    yield from aftermath(made, recorded, at=at)


def sign_ins(made: Tarnside, at: datetime) -> None:
    for person in PEOPLE:
        if person.key in PEOPLE_WHO_SIGN_IN:
            email = f"{person.key}@tarnside.example"
            agencies.open_account(email=email, password=None, at=at, for_practitioner=False, is_demo=True)
            let_in(made, whose=person.key, stands=Stands.SELF, name=f"{person.given_name} {person.family_name}", email=email, asked_by=WHO_ASKED[person.key], at=at)


def entries(made: Tarnside, at: datetime) -> Iterator[tuple[str, str, timedelta, NewEntry]]:
    """What was recorded, by whom and how long ago, oldest first."""
    who = made.people
    leah, margaret = PersonFacts(who["leah"], kind="adult", age=22), PersonFacts(who["margaret"], kind="adult", age=78)
    noah, ella = PersonFacts(who["noah"], kind="child", age=0), PersonFacts(who["ella"], kind="child", age=7)

    def entry(kind: str, about: tuple[PersonFacts, ...], headline: str, account: str, ago: timedelta, **more: object) -> NewEntry:
        return NewEntry(uuid.uuid4(), kind, about, headline, account, at - ago, **more)  # type: ignore[arg-type]

    yield "first_visit", "amina", 14 * DAY, entry(
        "visit", (noah, leah), "Home visit: feeding going well", "Noah is gaining weight and smiles at his mother. Leah is tired but confident with feeding.", 14 * DAY,
        words_of_person="I know what he wants before he cries now.", effect="Noah is settled and close to his mother.", action_taken="Next visit in two weeks; talked about sleep.",
    )
    yield "admitted", "kofi", 9 * DAY, entry(
        "hospital_admission", (margaret,), "Admitted after a fall on the stairs", "Came in by ambulance at 7 in the morning. Hip bruised, nothing broken. She was on the floor for an hour before a neighbour heard her.",
        9 * DAY, words_of_person="I do not want to be a nuisance to anybody.", effect="She cannot manage stairs on her own for now.", action_taken="Pain relief, physiotherapy from tomorrow, home assessment asked for.",
        harm=Harm.POSSIBLE,
    )
    yield "night", "lewis", 5 * DAY, entry(
        "domestic_abuse_incident", (ella, noah), "Police called to the home at night",
        "Called by a neighbour at 22:40. Leah's former partner was shouting at the door and had left when we came. Ella was awake upstairs; Noah slept.", 5 * DAY,
        effect="Ella heard it and may be tired and frightened.", action_taken="Safety advice given; former partner told to stay away.", harm=Harm.POSSIBLE, purpose="safeguarding_child",
        tags=frozenset({"child_present"}), parts=(Part("victim_statement", "domestic_abuse", "He said he would be back. I did not want the children to see him like that."),),
    )
    yield "discharged", "farah", 4 * DAY, entry(
        "discharge_summary", (margaret,), "Discharge: home with support, new medicines", "Fit to go home with somebody to look in each day for two weeks. Amlodipine 10 mg once a day instead of 5 mg.", 4 * DAY,
        effect="She can wash and dress alone; she needs somebody with her on the stairs.", action_taken="Home support and a stair rail asked for; follow-up in the falls clinic in six weeks.",
        anchors={"discharge": at - 4 * DAY}, purpose="hospital_discharge",
    )
    yield "tired", "tom", 3 * DAY, entry(
        "attendance", (ella,), "Late twice this week and very quiet", "Ella came at 9:20 on two days and fell asleep during reading. She is usually the first to put her hand up.", 3 * DAY,
        words_of_person="I was listening in case he comes back.", effect="She is too tired to learn and is worried at night.", action_taken="Told Grace; Ella may rest in the book corner; asked her mother in for a talk.",
        harm=Harm.POSSIBLE, purpose="safeguarding_child",
    )
    yield "home_again", "joan", DAY, entry(
        "visit", (margaret,), "First visit since hospital", "Margaret managed the stairs with the new rail and made us both tea.", DAY,
        words_of_person="I want to be back at my sewing group by Christmas.", effect="She is stronger and more confident.", action_taken="Rang the group; a lift is arranged for Thursday.",
    )
    yield "bruise", "amina", 3 * HOUR, entry(
        "injury_observation", (noah, PersonFacts(ella.person_id, Link.SIBLING, "child", 7)), "Small round bruise on Noah's cheek",
        "A bruise the size of a penny on his left cheek. Noah is four months old and cannot yet roll or crawl. Leah does not know how it happened.", 3 * HOUR,
        words_of_person="I only saw it this morning. I want to know too.", effect="A baby who cannot move by himself should not have a bruise.",
        action_taken="Told Leah what I am worried about and that I must tell children's services. Rang the duty manager.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
    )
    yield "referral", "amina", 2 * HOUR, entry(
        "referral_child", (noah,), "Referral: bruise in a baby who is not yet mobile",
        "Please decide whether Noah is at risk of significant harm. Leah knows of this referral and is willing to talk with you.", 2 * HOUR,
        effect="Noah needs somebody to find out how this happened.", action_taken="Referred today by telephone and in writing.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
    )
