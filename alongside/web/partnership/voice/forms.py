"""What is typed to be heard, to answer, and to count who takes part."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from alongside.common.clock import today
from alongside.common.london import london_day
from alongside.voice.facts import GROUPS, NOT_SAID, REPLY_DAYS, Answer, Characteristic, Claim, ForumKind, NewForum, Route, Rung, Seat, SeatCount, Verdict
from alongside.voice.rules.references import read_reference
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField, UploadField, WholeNumberField
from alongside.web.design.forms import Form
from alongside.web.partnership.voice.words import KINDS, ROUTES, RUNGS, SEATS, SPEAKS_AS, VERDICTS, group_in_words

LONGEST = 5_000
MOST_AREAS = 30
MOST_MEMBERS = 1_000_000
ANYTHING = "0"


class KeyedForm(Form):
    """Sent twice, it is done once."""

    key = RetryKeyField()


class HaveYourSayForm(KeyedForm):
    forum = RadiosField(label="What is it about?", small=True)
    words = LongTextField(label="What do you want to say?", hint="Do not name anybody who is helped or could be recognised, and not yourself. Say “a neighbour” or “my son”", max_length=LONGEST, rows=7)
    seat = RadiosField(label="Which fits you best?", hint="So that we see whom we hear, and whom not", choices=list(SPEAKS_AS.items()), required=False, small=True)
    nobody_named = TickField(label="I have named nobody, and nobody can be recognised from it")

    def __init__(self, *args: Any, forums: Sequence[tuple[int, str]], about: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forum: Any = self.fields["forum"]
        forum.choices, forum.hints = forum_choices(forums), about
        forum.initial = str(forums[0][0]) if len(forums) == 1 else None


class ReferenceForm(Form):
    reference = TextField(label="Your reference", hint="Nine letters and digits, like 345 678 9A4", width=10, max_length=40, autocomplete="off")

    def clean_reference(self) -> str:
        found = read_reference(self.cleaned_data["reference"])
        if not found:
            raise ValidationError("This is no reference: a sign is wrong or missing. Look at it again")
        return found


class TypeInForm(KeyedForm):
    route = RadiosField(label="How did it come in?", choices=[(route.value, words) for route, words in ROUTES.items() if route is not Route.WEB], inline=True)
    received_on = DateField(label="When?", not_after=today)
    forum = SelectField(label="What is it about?", empty=None)
    words = LongTextField(label="What was said or written?", hint="Name nobody who is helped. If they named somebody, write “a neighbour”, “my son”", max_length=LONGEST, rows=7)
    exact = RadiosField(label="Is it word for word?", choices=[("yes", "Word for word"), ("no", "The sense of it, read back and agreed")], inline=True)
    seat = RadiosField(label="Which fits them best, if they say?", choices=[(seat.value, words) for seat, words in SEATS.items()], required=False, small=True)
    reference = TextField(label="Reference on the form", hint="Only if a printed form has one; otherwise you get one to give to them", width=10, max_length=40, required=False, autocomplete="off")
    nobody_named = TickField(label="Nobody who is helped is named or can be recognised")

    def __init__(self, *args: Any, forums: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = forum_choices(forums)

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        found = read_reference(typed) if typed else ""
        if typed and not found:
            raise ValidationError("This is no reference: a sign is wrong or missing. Look at the form again, or leave it empty")
        return found


def forum_choices(forums: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return [*((str(number), name) for number, name in forums), (ANYTHING, "Anything else")]


class AnswerForm(KeyedForm):
    verdict = RadiosField(label="What becomes of it?", choices=[(verdict.value, VERDICTS[verdict][0]) for verdict in Verdict], inline=True)
    heard = TextField(label="What did you hear?", hint="One line that names nobody, for example: the bus does not run after six", max_length=300)
    why = LongTextField(label="Why, and what will you do?", hint="Whoever said it reads this", max_length=2_000, rows=3)
    by_when = DateField(label="By when?", hint="If it is adopted, wholly or in part", required=False, not_before=today)
    public = TickField(label="Show line and answer on the public page", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("verdict") in (Verdict.ADOPTED, Verdict.PARTLY) and "by_when" in words and words["by_when"] is None:
            self.add_error("by_when", "Enter by when it will be done")
        return words

    def answer(self) -> Answer:
        words = self.cleaned_data
        return Answer(Verdict(words["verdict"]), words["heard"].strip(), words["why"].strip(), words["by_when"], words["public"])


class ChangeForm(KeyedForm):
    what = LongTextField(label="What is different now?", hint="Everybody can read this", max_length=1_000, rows=2)
    done_on = DateField(label="Since when?", not_after=today)


class RedactForm(Form):
    passage = TextField(label="Which words must go?", hint="Copy them from above exactly; every place where they stand is replaced by “[taken out]”. They are kept nowhere", max_length=500)
    why = TextField(label="Why?", hint="Do not repeat the words", max_length=300)


class ForumForm(KeyedForm):
    kind = RadiosField(label="What is it?", choices=[(kind.value, words) for kind, words in KINDS.items()], inline=True)
    name = TextField(label="What is it called?", max_length=120)
    about = LongTextField(label="What is it about?", hint="Everybody can read this", max_length=1_000, rows=2)
    opens = DateField(label="From when?")
    closes = DateField(label="Until when?", hint="Leave empty if it goes on", required=False)
    reply_days = WholeNumberField(label="Within how many working days is each contribution answered?", min_value=1, max_value=60, initial=REPLY_DAYS)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("closes") and words.get("opens") and words["closes"] < words["opens"]:
            self.add_error("closes", "It must close on the day it opens or later")
        return words

    def forum(self) -> NewForum:
        words = self.cleaned_data
        return NewForum(ForumKind(words["kind"]), words["name"].strip(), words["about"].strip(), words["opens"], words["closes"], words["reply_days"])


class ClaimForm(Form):
    rung = RadiosField(
        label="Which rung do you claim?", choices=[(str(int(rung)), words[0]) for rung, words in reversed(RUNGS.items()) if rung >= Rung.INFORMING],
        hints={str(int(rung)): f"{words[1].capitalize()}" for rung, words in RUNGS.items()}, small=True,
    )
    public_votes = WholeNumberField(label="How many votes do public members hold?", min_value=0, max_value=1_000, initial=0)
    all_votes = WholeNumberField(label="Of how many votes?", min_value=0, max_value=1_000, initial=0)
    budget = TickField(label="Public members decide over money", required=False)
    why = LongTextField(label="Where is that written down?", hint="For example, terms of reference, section 4", max_length=500, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("public_votes", 0) > words.get("all_votes", 0):
            self.add_error("all_votes", "There cannot be fewer votes than those that public members hold")
        return words

    def claim(self) -> Claim:
        words = self.cleaned_data
        return Claim(Rung(int(words["rung"])), words["public_votes"], words["all_votes"], words["budget"], words["why"].strip())


class CloseForm(Form):
    on = DateField(label="Last day on which people can contribute")


class PopulationForm(KeyedForm):
    file = UploadField(label="Table", hint="A CSV file with the columns characteristic, group, people, source and as_of", accept=".csv", largest_megabytes=1)


class ProfileForm(KeyedForm):
    """A number for every group; what is left empty altogether keeps the counts it had."""

    taken_on = DateField(label="Day of the count", not_after=today)

    def __init__(self, *args: Any, areas: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: dict[Characteristic, list[tuple[str, str]]] = {}
        for characteristic in Characteristic:
            codes = [*(GROUPS[characteristic] or areas[:MOST_AREAS])]
            if not codes:
                continue
            self.groups[characteristic] = [(code, f"{characteristic.value}_{number}") for number, code in enumerate([*codes, NOT_SAID])]
            for code, name in self.groups[characteristic]:
                self.fields[name] = WholeNumberField(label=group_in_words(characteristic, code), required=False, says_optional=False, min_value=0, max_value=MOST_MEMBERS, width=5)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.errors and not self.counts():
            self.add_error(next(iter(self.groups.values()))[0][1], "Enter at least one number")
        return words

    def drawn_groups(self) -> list[tuple[Characteristic, list[object]]]:
        return [(characteristic, [self[name] for _, name in named]) for characteristic, named in self.groups.items()]

    def counts(self) -> Mapping[Characteristic, Mapping[str, int]]:
        typed = {characteristic: {code: self.cleaned_data.get(name) for code, name in named} for characteristic, named in self.groups.items()}
        return {characteristic: {code: number or 0 for code, number in numbers.items()} for characteristic, numbers in typed.items() if any(number is not None for number in numbers.values())}


class SittingForm(KeyedForm):
    label = TextField(label="Which meeting?", hint="For example, November board", max_length=120)
    held_on = DateField(label="When?", not_after=today)
    meeting = SelectField(label="Which of the minuted meetings is it?", empty="None of them", required=False)

    def __init__(self, *args: Any, meetings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [(str(number), name) for number, name in meetings]
        for seat in Seat:
            about = f"{SEATS[seat]}: "
            self.fields[f"{seat}_turns"] = TextField(label=f"{about}how often each spoke", hint="A number for each who was there, 0 for whoever said nothing: 12, 3, 0, 0", required=False, says_optional=False, max_length=400)
            for name, words in (("written", "sent in writing"), ("proposals", "proposals"), ("adopted", "of these adopted")):
                self.fields[f"{seat}_{name}"] = WholeNumberField(label=f"{about}{words}", required=False, says_optional=False, min_value=0, max_value=1_000)

    def drawn_seats(self) -> list[tuple[str, list[object]]]:
        return [(SEATS[seat], [self[f"{seat}_{name}"] for name in ("turns", "written", "proposals", "adopted")]) for seat in Seat]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for seat in Seat:
            if turns_in(words.get(f"{seat}_turns") or "") is None:
                self.add_error(f"{seat}_turns", "Enter a number for each who was there, with commas between: 12, 3, 0, 0")
            if (words.get(f"{seat}_adopted") or 0) > (words.get(f"{seat}_proposals") or 0):
                self.add_error(f"{seat}_adopted", "No more can be adopted than was proposed")
        if not self.errors and not any(one.turns for one in self.counts()):
            self.add_error(f"{Seat.LIVED}_turns", "Enter how often each spoke, for one kind of member at least")
        return words

    def counts(self) -> list[SeatCount]:
        words = self.cleaned_data
        return [
            SeatCount(seat, turns_in(words.get(f"{seat}_turns") or "") or (), words.get(f"{seat}_written") or 0, words.get(f"{seat}_proposals") or 0, words.get(f"{seat}_adopted") or 0) for seat in Seat
        ]


def turns_in(typed: str) -> tuple[int, ...] | None:
    """The numbers typed, or None where something else was.

    Example:
        >>> turns_in("12, 3 0,0"), turns_in(""), turns_in("many")
        ((12, 3, 0, 0), (), None)
    """
    words = typed.replace(",", " ").replace(";", " ").split()
    if len(words) > 100 or any(not (word.isascii() and word.isdigit() and len(word) <= 4) for word in words):
        return None
    return tuple(int(word) for word in words)


def moment_of(day: date, at: datetime) -> datetime:
    """What came in on a day, as a moment: this one, if it was today; else the day's noon."""
    return at if day == london_day(at) else datetime(day.year, day.month, day.day, 12, tzinfo=at.tzinfo)
