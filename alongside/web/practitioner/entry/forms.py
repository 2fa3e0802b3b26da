"""What a practitioner fills in to record something."""

from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.records.actions import NewEntry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.rules.kinds import entry_kinds
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form

LONDON = ZoneInfo("Europe/London")
CONCERNS = frozenset({"safeguarding_concern", "domestic_abuse", "child_protection_plan", "whereabouts"})
HARMS = [
    (Harm.NONE_KNOWN.value, "Nothing that I know of"), (Harm.POSSIBLE.value, "Somebody could come to harm"),
    (Harm.SIGNIFICANT.value, "Somebody may come to serious harm"), (Harm.LIFE.value, "A life is in danger now"),
]  # fmt: skip


class EntryForm(Form):
    key = RetryKeyField()
    kind = SelectField(label="What kind of entry is it?", choices=lambda: [(kind.code, kind.name) for kind in entry_kinds().values()])
    headline = TextField(label="In one line", hint="What somebody who opens the record at night must see first", max_length=200)
    happened_on = DateField(label="When did it happen?")
    account = LongTextField(label="What happened", hint="Write as if the family will read this. They can.", rows=6)
    words_of_person = LongTextField(label="In the person’s own words", required=False, rows=3)
    effect = LongTextField(label="What it means for them", required=False, rows=2)
    action_taken = LongTextField(label="What you did", hint="Or say below why you did nothing", required=False, rows=2)
    no_action_reason = TextField(label="Why nothing was done", required=False, max_length=300)
    harm = RadiosField(label="If nobody acts", choices=HARMS, initial=Harm.NONE_KNOWN.value)

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if not self.errors and not (words.get("action_taken") or words.get("no_action_reason")):
            self.add_error("action_taken", "Say what you did, or below why you did nothing")
        return words

    def entry(self, about: PersonFacts, *, draft_form: str) -> NewEntry:
        words = self.cleaned_data
        kind = entry_kinds()[words["kind"]]
        worry = kind.category in CONCERNS or words["harm"] != Harm.NONE_KNOWN.value
        safeguarding = "safeguarding_child" if about.kind == "child" else "safeguarding_adult"
        return NewEntry(
            submission_key=UUID(words["key"]), kind=kind.code, about=(about,), headline=words["headline"], account=words["account"],
            happened_at=datetime.combine(words["happened_on"], time(12), tzinfo=LONDON).astimezone(UTC), words_of_person=words["words_of_person"], effect=words["effect"],
            action_taken=words["action_taken"], no_action_reason=words["no_action_reason"], harm=Harm(words["harm"]), purpose=safeguarding if worry else "direct_care", draft_form=draft_form,
        )  # fmt: skip
