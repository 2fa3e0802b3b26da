"""The other partnerships of Tarnside: one that lapses next month, one that says it is fine and is not, and one that is only proposed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.cli.tarnside.cast import TEAMS
from alongside.cli.tarnside.setup import Tarnside
from alongside.confidentiality.gate import acting
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import Stage


@dataclass(frozen=True, slots=True)
class PartnershipCast:
    key: str
    name: str
    lead: str
    vision: str
    partners: tuple[str, ...]
    years: float
    stage: Stage = Stage.ACTIVE


OTHERS = (
    PartnershipCast("home", "Home from Hospital", "megan", "Nobody in Tarnside stays in hospital a day longer than they need, and nobody comes home to an empty house.", ("adults", "hospital", "community", "surgery", "homelink"), 2),
    PartnershipCast("evenings", "Safer Evenings", "moira", "Young people have somewhere to be after school, and streets are quiet.", ("police", "school", "housing", "homelink"), 3),
    PartnershipCast("one_view", "One View of Families", "nadia", "One screen that shows every agency all that is known about every family.", ("housing", "police", "school"), 0, Stage.POTENTIAL),
)  # fmt: skip


def found_the_others(made: Tarnside, *, at: datetime) -> dict[str, int]:
    """Found each by its lead and let its partners join; gives their ids by the cast's own names, and that of the first partnership as "together"."""
    ids = {"together": made.partnership_id}
    for one in OTHERS:
        since = at - timedelta(days=365 * one.years or 20)
        lead = made.practitioners[one.lead]
        with acting(made.tokens[one.lead], at=since) as by:
            partnership = partnerships.found_partnership(
                by=by, name=one.name, vision=one.vision, lead_agency_id=lead.agency_id, lead_practitioner_id=lead.pk, guardian_id=None, starts=since.date(), at=since, stage=one.stage
            )
            for agency in one.partners:
                door = next((team for team in TEAMS if team.agency == agency and team.duty_desk), None)
                partnerships.join(by=by, partnership=partnership, agency_id=made.agencies[agency].pk, front_door_id=made.teams[door.key].pk if door else None, at=since)
        ids[one.key] = partnership.pk
    return ids
