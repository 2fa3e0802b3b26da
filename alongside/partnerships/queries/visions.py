"""Versions of a vision: what each says, who was asked, what each answered, and what was said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from alongside.common import database
from alongside.measures.result import Result
from alongside.measures.taking_part import sign_up
from alongside.partnerships.facts import Answer, Answered
from alongside.partnerships.models import Remark, SignUp, Vision, VisionParty, Wording
from alongside.partnerships.rules.signing_up import conditions_outstanding, days_to_sign, reaffirm_by, reminded, standing_answer


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """One body asked: who answers for it, what counts now, and until when a signature holds."""

    party: VisionParty
    says: Answered | None
    answers: tuple[Answered, ...]

    @property
    def signed(self) -> bool:
        return self.says is not None and self.says.answer is Answer.SIGNED

    @property
    def holds_until(self) -> datetime | None:
        return reaffirm_by(self.says.at) if self.says and self.signed else None


@dataclass(frozen=True, slots=True)
class SignUpState:
    """How far a version has been signed up to."""

    vision: Vision
    parties: tuple[PartyStanding, ...]

    @property
    def signed(self) -> int:
        return sum(one.signed for one in self.parties)

    @property
    def measured(self) -> Result | None:
        """The share of those asked who have signed."""
        return sign_up({one.party.agency.name: one.signed for one in self.parties}) if self.parties else None

    @property
    def conditions(self) -> tuple[str, ...]:
        return conditions_outstanding(one.says for one in self.parties)

    @property
    def days(self) -> float | None:
        return days_to_sign(self.vision.opened_at, [one.answers for one in self.parties]) if self.vision.opened_at else None

    @property
    def oldest(self) -> datetime | None:
        """The oldest signature that counts: the age of the sign-up."""
        return min((one.says.at for one in self.parties if one.says and one.signed), default=None)

    def of(self, practitioner_id: int | None) -> PartyStanding | None:
        """The body that this practitioner answers for."""
        return next((one for one in self.parties if one.party.signatory_id == practitioner_id), None)

    def to_say_again(self, at: datetime) -> list[PartyStanding]:
        return [one for one in self.parties if one.says and one.signed and reminded(one.says.at, at)]


def _with_parties() -> Prefetch:
    parties = VisionParty.objects.select_related("agency", "signatory").order_by("agency__name")
    return Prefetch("parties", parties.prefetch_related(Prefetch("answers", SignUp.objects.order_by("at", "pk"))))


def visions(partnership_id: int) -> list[SignUpState]:
    """Every version, the newest first."""
    return [_state(one) for one in Vision.objects.filter(partnership_id=partnership_id).select_related("by__agency").prefetch_related(_with_parties()).order_by("-version")]


def vision(vision_id: int) -> SignUpState:
    """One version. Raises NotKnown for none that the reader sits at the table of."""
    found = database.the_one(Vision.objects.filter(pk=vision_id).select_related("by__agency", "partnership").prefetch_related(_with_parties(), Prefetch("objectives", Wording.objects.select_related("owner_agency", "owner").order_by("pk"))))
    return _state(found)


def _state(one: Vision) -> SignUpState:
    return SignUpState(one, tuple(_standing(party) for party in one.parties.all()))


def _standing(party: VisionParty) -> PartyStanding:
    answers = tuple(Answered(Answer(row.answer), row.at, row.words) for row in party.answers.all())
    return PartyStanding(party, standing_answer(answers), answers)


def current(states: Iterable[SignUpState]) -> SignUpState | None:
    """The version that counts: the newest that everybody signed, else the newest that is open."""
    found = list(states)
    return next((one for one in found if one.vision.adopted_at), None) or next((one for one in found if one.vision.opened_at), None)


def remarks(vision_id: int) -> list[Remark]:
    return list(Remark.objects.filter(vision_id=vision_id).select_related("by", "agency", "about", "answered_by").order_by("at", "pk"))


def remark(remark_id: int) -> Remark:
    return database.the_one(Remark.objects.filter(pk=remark_id).select_related("vision__partnership", "by", "agency", "about"))


def unanswered(partnership_id: int) -> Mapping[int, int]:
    """How many remarks wait for an answer, by version."""
    counted: dict[int, int] = {}
    for version in Remark.objects.filter(vision__partnership_id=partnership_id, answered_at=None).values_list("vision_id", flat=True):
        counted[version] = counted.get(version, 0) + 1
    return counted
