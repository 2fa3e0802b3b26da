"""The life of a sharing agreement. What is agreed is exactly what the gate lets flow, from the moment it is signed to the moment it ends."""

import uuid
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NotNow, through_the_door
from alongside.partnerships.facts import AgreementText, PartyFacts
from alongside.partnerships.models import SharingAgreement
from alongside.partnerships.queries import text_of
from alongside.partnerships.rules.agreements import caldicott_eight


class Incomplete(NotNow):
    """An agreement that leaves a Caldicott principle unanswered is not opened for signature. `missing` says what to write."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def draft_agreement(*, by: Actor, partnership_id: int, text: AgreementText, at: datetime, key: uuid.UUID | None = None, replaces_id: int | None = None, note: str = "") -> SharingAgreement:
    """
    1. The agreement, its parties with their named signatories, and its terms, as a draft that binds nobody.
    2. With `replaces_id`, as the next version of an agreement. Sent twice with the same key, it is one draft.
    """
    words = written(text) | {"partnership": partnership_id, "replaces": replaces_id, "submission_key": key, "note": note}
    return SharingAgreement.objects.get(pk=through_the_door(by, "draft_agreement(%s, %s)", dumps(words, default=str), at))


def change_draft(*, by: Actor, agreement_id: int, text: AgreementText, at: datetime) -> None:
    through_the_door(by, "change_draft(%s, %s, %s)", agreement_id, dumps(written(text), default=str), at)


def discard_draft(*, by: Actor, agreement_id: int) -> None:
    through_the_door(by, "discard_draft(%s)", agreement_id)


def open_for_signature(*, by: Actor, agreement_id: int, bases_in_force: Collection[str], at: datetime) -> None:
    """
    1. Refuse while one of the Caldicott principles is unanswered.
    2. The draft is closed to changes and every named signatory may sign.
    """
    missing = tuple(words for check in caldicott_eight(text_of(agreement_id), bases_in_force=bases_in_force) for words in check.missing)
    if missing:
        raise Incomplete(missing)
    through_the_door(by, "open_for_signature(%s, %s)", agreement_id, at)


def sign_agreement(*, by: Actor, agreement_id: int, at: datetime) -> SharingAgreement:
    """
    1. The named signatory signs for their agency.
    2. Once two parties have signed, the agreement is in force between those who have.
    3. Between those who have signed it, a new version takes the place of the former.
    4. What may flow is worked out anew.
    """
    through_the_door(by, "sign_agreement(%s, %s)", agreement_id, at)
    return SharingAgreement.objects.get(pk=agreement_id)


def refuse_agreement(*, by: Actor, agreement_id: int, reason: str, at: datetime) -> None:
    """The named signatory says no, and why."""
    through_the_door(by, "refuse_agreement(%s, %s, '', %s)", agreement_id, reason, at)


def sign_if(*, by: Actor, agreement_id: int, condition: str, at: datetime) -> None:
    """The named signatory would sign if something were so. It is no signature: nothing flows until they sign."""
    through_the_door(by, "refuse_agreement(%s, '', %s, %s)", agreement_id, condition, at)


def withdraw_from_agreement(*, by: Actor, agreement_id: int, reason: str, at: datetime) -> None:
    """The tap closes at this moment: the next request of anybody in the agency finds it shut, and so does the next share to it."""
    through_the_door(by, "withdraw_from_agreement(%s, %s, %s)", agreement_id, reason, at)


def end_agreement(*, by: Actor, agreement_id: int, reason: str, at: datetime) -> None:
    """End it for everybody at this moment; a version that is only open for signature is taken back."""
    through_the_door(by, "end_agreement(%s, %s, %s)", agreement_id, reason, at)


def renew_agreement(*, by: Actor, agreement_id: int, starts: datetime, ends: datetime, review_on: date, bases_in_force: Collection[str], key: uuid.UUID | None = None, at: datetime) -> SharingAgreement:
    """
    1. The next version, with the same terms and later dates.
    2. Open for signature at once; until a party signs it, the former version holds to its own end.
    """
    former = SharingAgreement.objects.get(pk=agreement_id)
    text = replace(text_of(agreement_id), starts=starts, ends=ends, review_on=review_on)
    renewed = draft_agreement(by=by, partnership_id=former.partnership_id, text=text, replaces_id=agreement_id, key=key, at=at, note="Renewed.")
    if renewed.status == "draft":
        open_for_signature(by=by, agreement_id=renewed.pk, bases_in_force=bases_in_force, at=at)
    return renewed


def comment_on_agreement(*, by: Actor, agreement_id: int, words: str, at: datetime) -> None:
    """A guardian of a party, a signatory or a drafter says what they think of it; what is said stays."""
    through_the_door(by, "comment_on_agreement(%s, %s, %s)", agreement_id, words, at)


def written(text: AgreementText) -> dict[str, object]:
    """An agreement's text as the door takes it."""
    words = asdict(text) | {"parties": [party_words(party) for party in text.parties]}
    words["terms"] = [
        {
            "purpose": term.purpose, "category": term.category, "lawful_basis": term.lawful_basis, "gateway": term.gateway, "from_agency": term.from_agency_id, "to_agency": term.to_agency_id,
            "minimum_fields": term.minimum_fields,
        }
        for term in text.terms
    ]
    return words


def party_words(party: PartyFacts) -> dict[str, int]:
    return {"agency": party.agency_id, "signatory": party.signatory_id}
