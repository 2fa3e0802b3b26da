"""What an author asks for beside the proposal: a partner told who declared no need, or one not told, for a listed reason and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.records.actions import OutcomeInWords
from alongside.records.facts import Addition, KeepBack, PartnerKey, SenderWish, WithholdReason
from alongside.web.design.numbers import number

REASONS = {
    WithholdReason.RAISES_RISK.value: "Telling them would put somebody at risk", WithholdReason.PERSON_OBJECTS.value: "The person does not want it, and may decide",
    WithholdReason.THIRD_PARTY_HARM.value: "It would harm somebody else", WithholdReason.COVERT_ENQUIRY.value: "An enquiry must not become known yet",
    WithholdReason.LEGAL_PRIVILEGE.value: "It is legal advice", WithholdReason.COURT_ORDER.value: "A court has forbidden it",
}


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner in the preview, with what the author has asked for about it so far."""

    key: str
    outcome: OutcomeInWords
    add: bool = False
    keep: str = ""
    why: str = ""
    wrong: str = ""

    @property
    def partner(self) -> str:
        return f"{self.outcome.team}, {self.outcome.agency}"

    @property
    def told_all_the_same(self) -> bool:
        """It was asked to be kept back, and may not be."""
        return bool(self.keep and self.why) and self.outcome.outcome == "share"


def key_of(outcome: OutcomeInWords) -> str:
    return f"{outcome.agency_id}-{outcome.team_id}"


def rows(outcomes: Iterable[OutcomeInWords], typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[PartnerRow]:
    return [
        PartnerRow(key, one, bool(typed.get(f"add-{key}")), typed.get(f"keep-{key}", ""), typed.get(f"why-{key}", "").strip(), wrong.get(key, ""))
        for one in outcomes
        for key in (key_of(one),)
    ]


def wishes(typed: Mapping[str, str], *, purpose: str) -> tuple[tuple[SenderWish, ...], dict[str, str]]:
    """The wishes that are whole, and for each that is not, what is missing."""
    made: list[SenderWish] = []
    wrong: dict[str, str] = {}
    for name, value in typed.items():
        verb, _, key = name.partition("-")
        agency, _, team = key.partition("-")
        agency_id, team_id = number(agency), number(team)
        if verb not in ("add", "keep") or not value or agency_id is None or team_id is None:
            continue
        why, partner = typed.get(f"why-{key}", "").strip(), PartnerKey(agency_id, team_id)
        if not why:
            wrong[key] = "Say why this partner must know" if verb == "add" else "Say in a few words why this partner must not know yet"
        elif verb == "add":
            made.append(Addition(partner, purpose, why))
        elif value in REASONS:
            made.append(KeepBack(partner, value, why))
    return tuple(made), wrong
