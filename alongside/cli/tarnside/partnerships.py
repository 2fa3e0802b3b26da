"""The other partnerships of Tarnside: one that lapses next month, one that says it is fine and is not, and one that is only proposed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alongside.cli.tarnside.cast import PRACTITIONERS, TEAMS
from alongside.cli.tarnside.setup import AGREEMENT, TERMS, Tarnside
from alongside.confidentiality.gate import acting
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import AgreementText, PartyFacts, Stage

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AgreementCast:
    """Its text, which of the district's purposes it is for, in how many days from now it ends and is to be reviewed (below nought: that is overdue), and who never signed."""

    text: AgreementText
    purposes: tuple[str, ...]
    ends_in: int
    review_in: int
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnershipCast:
    key: str
    name: str
    lead: str
    vision: str
    partners: tuple[str, ...]
    days: int
    stage: Stage = Stage.ACTIVE
    agreement: AgreementCast | None = None


OTHERS = (
    PartnershipCast(
        "home", "Home from Hospital", "megan", "Nobody in Tarnside stays in hospital a day longer than they need, and nobody comes home to an empty house.",
        ("adults", "hospital", "community", "surgery", "homelink"), 730,
        agreement=AgreementCast(
            replace(AGREEMENT, title="Coming home from hospital", why="So that whoever helps at home knows on the day what has changed.", who_sees="Those who plan the way home and those who help there."),
            ("hospital_discharge", "direct_care"), 28, 14,
        ),
    ),
    PartnershipCast(
        "evenings", "Safer Evenings", "moira", "Young people have somewhere to be after school, and streets are quiet.", ("police", "school", "housing", "homelink"), 1095,
        agreement=AgreementCast(
            replace(AGREEMENT, title="Young people in the evening", why="So that a worry seen by one is known to all before the next evening.", who_sees="Those who run the evenings, and the school's safeguarding leads."),
            ("safeguarding_child",), 200, -120, unsigned=("housing",),
        ),
    ),
    PartnershipCast("one_view", "One View of Families", "nadia", "One screen that shows every agency all that is known about every family.", ("housing", "police", "school"), 20, Stage.POTENTIAL),
)


def found_the_others(made: Tarnside, *, at: datetime) -> dict[str, int]:
    """Found each by its lead, let its partners join and sign; gives their ids by the cast's own names, and that of the first partnership as "together"."""
    ids = {"together": made.partnership_id}
    for one in OTHERS:
        since, lead = at - one.days * DAY, made.practitioners[one.lead]
        with acting(made.tokens[one.lead], at=since) as by:
            partnership = partnerships.found_partnership(
                by=by, name=one.name, vision=one.vision, lead_agency_id=lead.agency_id, lead_practitioner_id=lead.pk, guardian_id=None, starts=since.date(), at=since, stage=one.stage
            )
            for agency in one.partners:
                door = next((team for team in TEAMS if team.agency == agency and team.duty_desk), None)
                partnerships.join(by=by, partnership=partnership, agency_id=made.agencies[agency].pk, front_door_id=made.teams[door.key].pk if door else None, at=since)
        if one.agreement:
            agree(made, partnership.pk, one, one.agreement, at=at, since=since)
        ids[one.key] = partnership.pk
    return ids


def agree(made: Tarnside, partnership_id: int, one: PartnershipCast, agreed: AgreementCast, *, at: datetime, since: datetime) -> None:
    """Its lead drafts, and whoever speaks for each partner signs."""
    signatories = {made.teams[who.team].agency_id: who.key for who in PRACTITIONERS if who.manages}
    parties = {made.agencies[agency].pk: signatories[made.agencies[agency].pk] for agency in one.partners}
    terms = tuple(term for term in TERMS if term.purpose in agreed.purposes)
    text = replace(
        agreed.text, starts=since, ends=at + agreed.ends_in * DAY, review_on=(at + agreed.review_in * DAY).date(), terms=terms, parties=tuple(PartyFacts(agency, made.practitioners[who].pk) for agency, who in parties.items())
    )
    with acting(made.tokens[one.lead], at=since) as by:
        agreement = partnerships.draft_agreement(by=by, partnership_id=partnership_id, text=text, at=since)
        partnerships.open_for_signature(by=by, agreement_id=agreement.pk, bases_in_force={term.lawful_basis for term in terms}, at=since)
    for who in (who for agency, who in parties.items() if agency not in {made.agencies[key].pk for key in agreed.unsigned}):
        with acting(made.tokens[who], at=since) as by:
            partnerships.sign_agreement(by=by, agreement_id=agreement.pk, at=since)
