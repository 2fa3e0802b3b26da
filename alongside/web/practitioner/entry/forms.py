"""What a practitioner fills in to record something."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.functional import cached_property

from alongside.agencies.facts import Actor
from alongside.common.london import LONDON, london_day
from alongside.records.actions import NewEntry, Part, Upload
from alongside.records.facts import Harm, PersonFacts, SenderWish
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField, TimeField, UploadsField
from alongside.web.design.forms import Form
from alongside.web.practitioner.entry.companions import Companion
from alongside.web.practitioner.entry.grounds import GROUNDS, PURPOSES, usual_ground, usual_purpose
from alongside.web.practitioner.entry.kinds import OTHER_WORDS, TAGS, Asks, asks, choices

LONGEST = 100_000
HARMS = [
    (Harm.NONE_KNOWN.value, "Nothing that I know of"), (Harm.POSSIBLE.value, "Somebody could come to harm"),
    (Harm.SIGNIFICANT.value, "Somebody may come to serious harm"), (Harm.LIFE.value, "A life is in danger now"),
]
ASKS_FOR_HELP = {"account": "What help is wanted, and why", "action_taken": "What you have done so far", "no_action_reason": "Why nothing was done so far"}
ACCOUNTS = {"referral_child": ASKS_FOR_HELP, "referral_adult": ASKS_FOR_HELP, "persons_own_words": {"account": "What you asked, and how they said it"}, "discharge_summary": {"account": "The summary"}}
"""Kinds that ask in words of their own."""
PARTS = {"victim_statement": "", "third_party_info": "", "referrer_identity": "referrer_identity"}
"""Parts kept apart, with the category of their own where they have one."""
CATEGORIES = {"concern_about_staff": "safeguarding_concern"}
"""In somebody's record such a concern is about their safety; what an employer holds about its staff is kept elsewhere."""
FILES = ".pdf,.docx,.jpg,.jpeg,.png,.txt"


def long_text(label: str, **others: Any) -> LongTextField:
    field = LongTextField(label=label, **others)
    field.validators.append(MaxLengthValidator(LONGEST, f"{label} must be {LONGEST:,} characters or fewer. Attach a longer text as a file"))
    return field


class EntryForm(Form):
    key = RetryKeyField()
    kind = SelectField(
        label="What kind of entry is it?", choices=choices(), search="Type to find a kind: visit, bruise, discharge…", words=OTHER_WORDS, missing="Choose what kind of entry it is",
    )
    also_about = CheckboxesField(label="Who else is it about?", required=False, small=True)
    look_for = TextField(label="Somebody else", hint="Name and date of birth, or NHS number", required=False, max_length=200)
    happened_on = DateField(label="When did it happen?", hint="")
    happened_at = TimeField(label="At what time?", required=False)
    headline = TextField(label="In one line", missing="Say in one line what happened", hint="What somebody who opens the record at night must see first", max_length=200)
    account = long_text("What happened", hint="Facts first. Write as if the family will read this: they can.", rows=7)
    words_of_person = long_text("In the person’s own words", required=False, rows=2)
    effect = long_text("What it means for them", required=False, rows=2)
    action_taken = long_text("What you did", hint="Or, in the next box, why nothing", required=False, says_optional=False, rows=2)
    no_action_reason = TextField(label="Why nothing was done", required=False, says_optional=False, max_length=300)
    harm = RadiosField(label="If nobody acts", missing="Choose what may happen if nobody acts", choices=HARMS, initial=Harm.NONE_KNOWN.value, small=True)
    tags = CheckboxesField(label="Does it also touch on any of these?", hint="Partners who need to know of them are told", required=False, small=True)
    victim_statement = long_text("A victim’s statement", required=False, rows=2)
    third_party_info = long_text("What concerns somebody else", required=False, rows=2)
    referrer_identity = TextField(label="Who told you, if they must not be named", required=False, max_length=300)
    named_readers = CheckboxesField(label="Only these may read it", hint="And you. Leave all empty to let everybody read it who may open the record", required=False, small=True)
    not_online = TickField(label="Do not show this on the person’s own screen: somebody may be watching it", required=False)
    attached = CheckboxesField(label="Attached already", hint="Take the tick from what shall not be attached after all", required=False, small=True)
    attachment = UploadsField(
        label="Attach files", hint="Letters, forms or pictures, all chosen at once. Choose them last: a file is not kept in the draft until you press Save", required=False, accept=FILES,
    )
    purpose = SelectField(label="What is it recorded and shared for?", choices=list(PURPOSES.items()), required=False, empty="The usual purpose for this kind")
    claim = SelectField(label="On what ground in law?", choices=list(GROUNDS.items()), required=False, empty="The usual ground for this purpose")

    def __init__(
        self, data: QueryDict | None = None, files: Any = None, *, actor: Actor, about: PersonFacts, at: datetime, companions: Sequence[Companion] = (),
        readers: Sequence[tuple[str, str]] = (), kept: Sequence[Any] = (), initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.actor, self.about, self.at, self.typed = actor, about, at, data if data is not None else QueryDict()
        self.offered = companions
        self.asks: Asks = asks(str(self["kind"].value() or ""))
        self.fields["also_about"].choices = lambda: [(choice, one.words) for choice, one in self.companions.items()]
        self.fields["named_readers"].choices = lambda: list(readers)
        self.kept = kept
        self.fields["attached"].choices = lambda: [(str(one.reference), one.name) for one in self.kept]
        self.fields["tags"].choices = self._tags()
        self._ask_when()
        self._ask_what()
        self._say_what_is_usual()

    @cached_property
    def companions(self) -> dict[str, Companion]:
        return {one.choice(self.actor): one for one in self.offered}

    def _ask_what(self) -> None:
        for name, label in ACCOUNTS.get(self.asks.kind.code, {}).items():
            self.fields[name].label = label

    def _tags(self) -> list[tuple[str, str]]:
        """What the kind offers, and whatever was ticked before the kind was changed."""
        ticked = set(self["tags"].value() or ()) & TAGS.keys()
        return [*self.asks.tags, *((tag, TAGS[tag]) for tag in sorted(ticked - {tag for tag, _ in self.asks.tags}))]

    def _ask_when(self) -> None:
        when: Any = self.fields["happened_on"]
        when.label = self.asks.when
        when.error_messages["required"] = "Enter the day it happened"
        today = london_day(self.at)
        when.not_before, when.not_after = date(1900, 1, 1), None if self.asks.may_be_ahead else today
        self.fields["happened_at"].required = self.asks.needs_time
        self.fields["happened_at"].error_messages["required"] = "Enter the time: how soon partners must know is counted from it"
        for name, label in self.asks.started_by:
            self.fields[f"started_{name}"] = DateField(label=label, hint="How soon it is due is counted from this day", not_before=date(1900, 1, 1), not_after=today)

    def _say_what_is_usual(self) -> None:
        harm = str(self["harm"].value() or "")
        chosen = str(self["purpose"].value() or "")  # a form that is wrong has its preview all the same, but asks the gate nothing that is no purpose
        self.purpose_now = chosen if chosen in PURPOSES else usual_purpose(self.asks.kind, self.about, Harm(harm) if harm in set(Harm) else Harm.NONE_KNOWN)
        self.fields["purpose"].empty = f"{PURPOSES.get(self.purpose_now, 'Care and support')} (usual for this kind)"  # type: ignore[attr-defined]
        self.fields["claim"].empty = f"{usual_ground(self.purpose_now)} (usual for this purpose)"  # type: ignore[attr-defined]

    @property
    def started(self) -> list[Any]:
        return [self[f"started_{name}"] for name, _ in self.asks.started_by]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if "action_taken" not in self.errors and not (words.get("action_taken") or words.get("no_action_reason")):
            self.add_error("action_taken", "Say what you did, or below why you did nothing")
        if words.get("happened_on") and "happened_at" not in self.errors and not self.asks.may_be_ahead and self.happened(words) > self.at:
            self.add_error("happened_at", "The time must not be later than now")
        return words

    def happened(self, words: Mapping[str, Any]) -> datetime:
        """The moment on the clock on the wall. Without a time: now if it is today, otherwise the middle of that day."""
        day, hour = words["happened_on"], words.get("happened_at")
        if hour is None and day == london_day(self.at):
            return self.at
        return datetime.combine(day, hour or time(12), tzinfo=LONDON).astimezone(UTC)

    def entry(self, *, wishes: tuple[SenderWish, ...], draft_form: str = "", **others: Any) -> NewEntry:
        """What is sent. Before everything is filled in it serves the preview: what is missing there does not change who is told."""
        words = self.cleaned_data
        also = [self.companions[choice] for choice in words.get("also_about", ()) if choice in self.companions]
        readers = [int(principal) for principal in words.get("named_readers", ())]
        category = CATEGORIES.get(self.asks.kind.code, "")
        staying = set(words.get("attached", ()))
        before = [Upload(one.name, one.content_type, bytes(one.content)) for one in self.kept if str(one.reference) in staying] if staying and draft_form else []
        return NewEntry(
            submission_key=as_key(words.get("key")), kind=self.asks.kind.code, about=(self.about, *(one.facts(self.at) for one in also if one.person_id != self.about.person_id)),
            headline=words.get("headline", ""), account=words.get("account", ""), happened_at=self.happened(words) if words.get("happened_on") else self.at,
            words_of_person=words.get("words_of_person", ""), effect=words.get("effect", ""), action_taken=words.get("action_taken", ""),
            no_action_reason=words.get("no_action_reason", ""), harm=Harm(words.get("harm") or Harm.NONE_KNOWN.value), tags=frozenset(words.get("tags", ())), purpose=self.purpose_now,
            claim=words.get("claim") or "none", category=category, anchors=self._anchors(words), parts=tuple(Part(part, own or category or self.asks.kind.category, words[part]) for part, own in PARTS.items() if words.get(part)),
            attachments=(*before, *(self.chosen_files if draft_form else ())), files_kept="files_shown" in self.typed,
            only_for=tuple(readers) or None, not_online=bool(words.get("not_online")), wishes=wishes, draft_form=draft_form, **others,
        )

    @property
    def chosen_files(self) -> list[Upload]:
        """The files that came with this very form."""
        chosen = []
        for one in self.cleaned_data.get("attachment") or ():
            one.seek(0)
            chosen.append(Upload(one.name, one.content_type or "", one.read()))
        return chosen

    def _anchors(self, words: Mapping[str, Any]) -> dict[str, datetime]:
        days = {name: words.get(f"started_{name}") for name, _ in self.asks.started_by}
        return {name: datetime.combine(day, time(12), tzinfo=LONDON).astimezone(UTC) for name, day in days.items() if day}


def as_key(typed: object) -> UUID:
    """The form's own key; a key that was lost or tampered with is replaced."""
    try:
        return UUID(str(typed))
    except ValueError:
        return uuid4()


def as_typed(form: type[Form], kept: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as a form's first values: a draft comes back as it was left, and nothing in it is called wrong before it is sent."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    fields = form.base_fields
    named = {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items() if not field.widget.value_omitted_from_data(data, {}, name)}
    extra = {name.removesuffix("_day") for name in kept if name.startswith("started_") and name.endswith("_day")}
    return named | {name: DateField(label=name).widget.value_from_datadict(data, {}, name) for name in extra}
