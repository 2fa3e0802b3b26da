"""What must have happened before some pages of the product hold a form: done as people do it, in the planted world."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.cli.tarnside.effects import tell_of_effects
from alongside.cli.tarnside.framework import tested_and_examined
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.trust import tell_of_trust
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import object_to
from alongside.confidentiality.actions.holds import hold_ledger_lines
from alongside.confidentiality.actions.letting_in import answer_letting_in, ask_to_let_in
from alongside.confidentiality.actions.protection import ask_to_end
from alongside.confidentiality.actions.readers import ask_for_readers
from alongside.confidentiality.actions.restrict import preview_restriction, restrict
from alongside.confidentiality.queries.protection import protection_to_end, protections
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.linkage.tasks import look_for_doubles
from alongside.partnerships import actions as partnerships
from alongside.partnerships import queries as agreed
from alongside.partnerships.actions import board, complaints, endings, meetings, visions
from alongside.partnerships.facts import Came, CameBy, GoesBack, QuorumRule, Resource, Seat, SeatRole
from alongside.partnerships.models import BoardMember
from alongside.partnerships.queries.endings import decisions_to_end
from alongside.people import actions as people
from alongside.people.facts import Flag, Stands
from alongside.records.actions import NewEntry, add_entry, save_draft
from alongside.records.facts import Harm, PersonFacts
from alongside.trust.actions.contradictions import TwoThings, say_contradiction
from tests.faults.walls.world import World
from tests.worker_role import as_worker

A_STRANGER = "9990000069"
"""The number of somebody whom most do not work with: the finder offers them to report a worry."""


def come_about(world: World, at: datetime) -> None:
    """Drafts, objections, restrictions and all else that somebody may then send, decide, take back, lift or sign."""
    for happened in (
        drafted, negotiated, objected, closed_and_held_back, kept_for_one_who_leaves, protected, wants_to_read, referred, referred_to_nobody_yet, worried, waiting_for_a_signature, doubled, complained,
        tested_and_trusting, told_two_things,
    ):
        happened(world, at)


def drafted(world: World, at: datetime) -> None:
    made = world.made
    with transaction.atomic(), made.acting("sunita", at=at) as sunita:
        text = replace(agreed.text_of(made.agreement_id), title="Meals at home")
        partnerships.draft_agreement(by=sunita, partnership_id=made.partnership_id, text=text, at=at)
    with transaction.atomic(), made.acting("amina", at=at) as amina:
        save_draft(by=amina, form="entry", about=f"person:{made.people['noah']}", fields={"headline": "Half a"}, submission_key=uuid.uuid4(), at=at)


def negotiated(world: World, at: datetime) -> None:
    """A version of the vision that nobody has been asked to sign yet."""
    with transaction.atomic(), world.made.acting("sunita", at=at) as sunita:
        visions.propose_vision(by=sunita, partnership_id=world.made.partnership_id, text="Nobody tells their story twice.", at=at)


def objected(world: World, at: datetime) -> None:
    for who, person in (("amina", "leah"), ("amina", "noah")):
        with transaction.atomic(), world.made.acting(who, at=at) as worker:
            object_to(by=worker, person_id=world.made.people[person], category="mental_health", words="As she told me.", how="told", at=at)


def closed_and_held_back(world: World, at: datetime) -> None:
    made, review = world.made, (at + timedelta(days=28)).date()
    with transaction.atomic(), made.acting("grace", at=at) as grace:
        who = {"by": grace, "person_id": made.people["zara"], "at": at}
        named = {"practitioners": [made.practitioners["grace"].pk]}
        restrict(reason="As she asked.", seal=preview_restriction(**who, **named).seal, review_on=review, **who, **named)  # type: ignore[arg-type]
        hold_ledger_lines(reason="covert_enquiry", why="An enquiry into a visitor.", review_on=review, agency_id=made.agencies["police"].pk, **who)  # type: ignore[arg-type]


def kept_for_one_who_leaves(world: World, at: datetime) -> None:
    """What only Amina may open, and she is leaving: the guardian has to name somebody."""
    made = world.made
    with transaction.atomic(), made.acting("amina", at=at) as amina:
        who = {"by": amina, "person_id": made.people["leah"], "category": "mental_health", "at": at}
        named = {"practitioners": [made.practitioners["amina"].pk]}
        restrict(reason="As she asked.", seal=preview_restriction(**who, **named).seal, review_on=(at + timedelta(days=28)).date(), **who, **named)  # type: ignore[arg-type]
    with transaction.atomic(), made.acting("ruth", at=at) as ruth:
        ask_for_readers(by=ruth, practitioner_id=made.practitioners["amina"].pk, at=at)


def protected(world: World, at: datetime) -> None:
    """Two markers that no page shows: one whose end may be asked for, one whose end waits for a second person."""
    made = world.made
    for who, person in (("megan", "chloe"), ("joan", "arthur")):
        protect(made, made.people[person], Flag.GENDER_RECOGNITION, by=who, reason="Certificate seen")
    with transaction.atomic(), made.acting("owen", at=at) as owen:
        marker = protection_to_end(max(one.id for one in protections() or ()))
        ask_to_end(by=owen, marker_id=marker.id, reason="It was set on the wrong record.", seal=marker.effect.seal, at=at)


def wants_to_read(world: World, at: datetime) -> None:
    """Chloe wants to read her own record, and Leah that a friend reads hers: a records office has not answered yet. Another friend of Leah's was let in."""
    made = world.made
    with transaction.atomic(), made.acting("megan", at=at) as megan:
        access = gate.open_record(megan, made.people["chloe"], verb="write", category="contact_details", write=True, at=at)
        ask_to_let_in(access=access, by=megan, stands=Stands.SELF, name="Chloe Barnes", email="chloe.b@mail.example", seen="Her passport", key=uuid.uuid4(), at=at)
    with transaction.atomic(), made.acting("amina", at=at) as amina:
        access = gate.open_record(amina, made.people["leah"], verb="write", category="contact_details", write=True, at=at)
        words = {"stands": Stands.HELPER, "seen": "She told me so, alone.", "parts": ("general_health",), "until": (at + timedelta(days=30)).date()}
        asked = [ask_to_let_in(access=access, by=amina, name=name, email=f"{name.lower()}@mail.example", key=uuid.uuid4(), at=at, **words) for name in ("Beth", "Pam")]  # type: ignore[arg-type]
    with transaction.atomic(), made.acting("owen", at=at) as owen:
        answer_letting_in(by=owen, asked_id=asked[0], agreed=True, answer="Amina asked her alone.", at=at)


def write(world: World, who: str, about: PersonFacts, at: datetime, **words: object) -> None:
    facts = {"headline": "Seen today", "account": "As it was.", "action_taken": "Told them.", "happened_at": at - timedelta(hours=1)}
    with transaction.atomic(), world.made.acting(who, at=at) as writer:
        add_entry(by=writer, new=NewEntry(submission_key=uuid.uuid4(), about=(about,), **(facts | words)), at=at)  # type: ignore[arg-type]


def referred(world: World, at: datetime) -> None:
    write(world, "amina", PersonFacts(world.made.people["noah"], kind="child", age=0), at, kind="referral_child", harm=Harm.SIGNIFICANT, purpose="safeguarding_child")


def referred_to_nobody_yet(world: World, at: datetime) -> None:
    write(world, "lewis", PersonFacts(world.made.people["jake"], kind="adult", age=25), at, kind="referral_adult", harm=Harm.SIGNIFICANT, purpose="safeguarding_adult")


def worried(world: World, at: datetime) -> None:
    """About somebody he has no part with, and not urgent: a named person decides who may have it."""
    write(world, "daniel", PersonFacts(world.made.people["chloe"], kind="adult", age=33), at, kind="safeguarding_adult_concern", harm=Harm.POSSIBLE, purpose="safeguarding_adult")


def waiting_for_a_signature(world: World, at: datetime) -> None:
    write(world, "kofi", PersonFacts(world.made.people["margaret"], kind="adult", age=78), at, kind="discharge_summary")


def doubled(world: World, at: datetime) -> None:
    with transaction.atomic(), world.made.acting("amina", at=at):
        people.register_person(given_name="Leah", family_name="Turner", date_of_birth=date(2004, 5, 14), allocated=True)
    with as_worker():
        look_for_doubles(at)


def complained(world: World, at: datetime) -> None:
    """About all partners together, so that whoever speaks for one may answer."""
    with transaction.atomic(), world.made.acting("joan", at=at) as joan:
        words = {"partnership_id": world.made.partnership_id, "about_id": None, "came_by": CameBy.LETTER, "words": "Nobody rang back.", "received_on": at.date()}
        complaints.write_down_complaint(by=joan, at=at, **words)


def tested_and_trusting(world: World, at: datetime) -> None:
    """Other partnerships, what partners privately say of one another, and runs of the framework in every state."""
    ids = found_the_others(world.made, at=at)
    tell_of_trust(world.made, ids, at=at)
    for _ in tell_of_effects(world.made, ids, at=at):
        pass
    for _ in tested_and_examined(world.made, ids, at=at):
        pass
    decided_to_end(world, "sunita", ids["together"], at)
    decided_to_end(world, "megan", ids["home"], at)
    with transaction.atomic(), world.made.acting("sunita", at=at) as sunita:
        decision = decisions_to_end(ids["together"])[0]
        sees_to = endings.SeesTo(sunita.practitioner_id or 0, (at + timedelta(days=90)).date())
        back = GoesBack(Resource.PREMISES, "The hall for family evenings", world.made.agencies["school"].pk)
        endings.end_partnership(
            by=sunita, partnership_id=ids["together"], decision=decision, on=(at + timedelta(days=60)).date(), reason="Not needed.", information="Each keeps its own.", returns=[back], sees_to=sees_to, at=at
        )


def told_two_things(world: World, at: datetime) -> None:
    """Noah's mother says so to Amina, and nobody has answered yet."""
    with transaction.atomic(), world.made.acting("amina", at=at) as amina:
        told = TwoThings(None, None, "His feeds", "One says every three hours, the other when he asks.")
        say_contradiction(by=amina, person_id=world.made.people["noah"], told=told, key=uuid.uuid4(), at=at)


def decided_to_end(world: World, who: str, place: int, at: datetime) -> None:
    """A board that can decide by itself has decided that its partnership ends."""
    with transaction.atomic(), world.made.acting(who, at=at) as by:
        board.set_board_rules(by=by, partnership_id=place, rule=QuorumRule(1, 1, chair=False), review_on=(at + timedelta(days=90)).date(), at=at)
        if not BoardMember.objects.filter(partnership_id=place, ended_at=None).exists():
            board.seat_member(by=by, partnership_id=place, name=by.name, seat=Seat.PARTNER, role=SeatRole.CHAIR, votes=True, agency_id=by.agency_id, practitioner_id=by.practitioner_id, at=at)
        one = meetings.call_meeting(by=by, partnership_id=place, name="Go on or stop", starts=at - timedelta(hours=1), place="", at=at)
        point = meetings.add_to_agenda(by=by, meeting=one, title="Go on or stop?", what_for="decision", at=at)
        meetings.note_attendance(by=by, meeting=one, came={sits.pk: (Came.PRESENT, "") for sits in BoardMember.objects.filter(partnership_id=place, ended_at=None)}, at=at)
        meetings.decide(by=by, item=point, words="It ends.", why="", in_favour=1, against=0, abstained=0, ends_partnership=True, at=at)
