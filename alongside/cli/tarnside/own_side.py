"""What the people themselves have said and chosen in Tarnside: Leah for herself and her children, Margaret for herself, and by telephone to Megan."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.setup import Tarnside
from alongside.confidentiality import gate
from alongside.confidentiality.actions import choices
from alongside.confidentiality.actions.choices import Answer
from alongside.people import actions as people
from alongside.people.facts import ContactChoice, ContactKind, Stands
from alongside.people.queries import contact_points
from alongside.records.actions.own_words import add_own_words
from alongside.records.facts import PersonFacts

DAY = timedelta(days=1)
CONTACTS = (
    ("leah", "amina", "mobile", "07700 900118", ""), ("leah", "amina", "email", "leah@tarnside.example", "Shared tablet at home"),
    ("margaret", "megan", "phone", "01632 960142", "Picks up slowly"),
)  # fmt: skip


def own_side(made: Tarnside, *, at: datetime) -> Iterator[str]:
    """Each step yields what it did. Everything goes through the same doors as a real person's choice."""
    mother_of(made, at)
    yield "Leah has parental responsibility for Noah and Ella"
    reached_at(made, at)
    leah(made, at)
    yield "Leah said what matters to her, and how she may be reached"
    margaret(made, at)
    reads_in_large_print(made, at)
    niece_of(made, at)
    yield "Margaret chose what stays out, how much she decides, and what her niece Susan may read"


def mother_of(made: Tarnside, at: datetime) -> None:
    for child, who in (("noah", "amina"), ("ella", "daniel")):
        let_in(made, whose=child, stands=Stands.PARENT, name="Leah Turner", email="leah@tarnside.example", asked_by=who, at=at)


def reached_at(made: Tarnside, at: datetime) -> None:
    for whose, who, kind, value, note in CONTACTS:
        with made.acting(who, at=at) as worker:
            access = gate.open_record(worker, made.people[whose], verb="write", category="contact_details", purpose="direct_care", write=True, item="contact", at=at)
            people.add_contact(access=access, kind=ContactKind(kind), value=value, safe=True, note=note, shared_with_others=kind == "email", at=at)


def leah(made: Tarnside, at: datetime) -> None:
    me = made.people["leah"]
    with gate.acting(own_token(made, "leah"), at=at - DAY) as actor:
        access = gate.open_record(actor, me, verb="write", category="index_entry", purpose="portal_view", write=True, item="profile", at=at - DAY)
        people.set_profile(
            person_id=me, at=at - DAY, written_by_person=True, what_matters="Noah and Ellie being safe and at home with me. A night's sleep. My sister Beth.",
            how_to_treat_me="Tell me straight, and tell me first. Do not talk about me in front of the children.", communication_needs="Text first, then ring", access_needs="",
        )  # fmt: skip
        access = gate.open_record(actor, me, verb="change_access", category="contact_details", purpose="portal_view", write=True, item="safe_contact", at=at - DAY)
        mobile = next(point.id for point in contact_points(access) if point.kind == "mobile")
        people.mark_safe(access=access, safe=frozenset({mobile}))
        people.choose_contact(
            access=access, allowed=ContactChoice.SAFE_ONLY, no_voicemail=True, hours_from=None, hours_until=None, days=frozenset(), times="Mornings", code_word="bluebell", by_person=True,
            at=at - DAY,
        )  # fmt: skip
        choices.choose_involvement(by=actor, person_id=me, topic="family", level="together", words="I want to be in every meeting about my children.", at=at - DAY)
        add_own_words(
            by=actor, about=PersonFacts(me, kind="adult", age=22), key=uuid.uuid4(), at=at - DAY,
            words="I am scared of what people will think about the bruise. I want to find out as much as you do. Please do not just turn up, ring me first.",
        )  # fmt: skip


def margaret(made: Tarnside, at: datetime) -> None:
    me = made.people["margaret"]
    with made.acting("megan", at=at - 3 * DAY) as megan:
        choices.record_consent(
            by=megan, person_id=me, at=at - 3 * DAY,
            answer=Answer("given_limited", words="Tell them what they need about my legs. My mind is my own business.", excluded_categories=("mental_health",), how="telephone", competence="has"),
        )  # fmt: skip
        choices.choose_involvement(
            by=megan, person_id=me, topic="money", level="told", delegate="Susan, my niece", how="telephone", ask_again_on=(at + 60 * DAY).date(), at=at - 3 * DAY
        )
        choices.choose_involvement(by=megan, person_id=me, topic="home", level="decide", words="I am not going into a home.", how="telephone", at=at - 3 * DAY)


def reads_in_large_print(made: Tarnside, at: datetime) -> None:
    with gate.acting(own_token(made, "margaret"), at=at) as actor:
        agencies.choose_display(by=actor, large_print=True, single_key_shortcuts=False)


def niece_of(made: Tarnside, at: datetime) -> None:
    """Susan reads what Margaret ticked, for half a year: her plan and her health, and not her mind."""
    susan = agencies.open_account(email="susan@tarnside.example", password=None, at=at, for_practitioner=False, is_demo=True)
    let_in(
        made, whose="margaret", stands=Stands.HELPER, name="Susan Hale", email=susan.email, asked_by="megan", at=at, seen="Margaret told me so at home, alone: Susan does her shopping and should know what is planned.",
        parts=("strengths_needs_plan", "general_health"), until=(at + 180 * DAY).date(),
    )  # fmt: skip


def own_token(made: Tarnside, who: str) -> str:
    account = Account.objects.get(email=f"{who}@tarnside.example")
    return made.tokens.setdefault(who, agencies.begin_session(account, user_agent="Setting up"))
