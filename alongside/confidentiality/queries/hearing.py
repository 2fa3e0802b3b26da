"""Who must hear of a decision, an emergency or of what climbs."""


from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT
from alongside.agencies.models import Practitioner, Team, TeamMembership
from alongside.partnerships.models import Partner, Partnership


def guardian_for(agency_id: int | None) -> int | None:
    """The Caldicott guardian of an agency, or of a partnership it belongs to."""
    memberships = Partner.objects.filter(left_at__isnull=True).select_related("partnership").order_by("pk")
    found = list(memberships.filter(agency_id=agency_id) if agency_id else memberships)
    return next((one.guardian_id for one in found if one.guardian_id and agency_id), None) or next((one.partnership.guardian_id for one in found if one.partnership.guardian_id), None)


def judge_for(practitioner_id: int | None, agency_id: int | None) -> int | None:
    """Who judges an emergency access: a guardian of the agency, of its partnership or of another partner, else the partnership's lead; never of the same team."""
    partners = list(Partner.objects.filter(left_at__isnull=True).select_related("partnership").order_by("pk"))
    own = [one for one in partners if one.agency_id == agency_id]
    asked = [one.guardian_id for one in own] + [one.partnership.guardian_id for one in own] + [one.guardian_id for one in partners] + [one.partnership.lead_practitioner_id for one in own]
    colleagues = set(TeamMembership.objects.filter(team__memberships__practitioner_id=practitioner_id, team__memberships__ends__isnull=True, ends__isnull=True).values_list("practitioner_id", flat=True))
    return next((one for one in asked if one and one != practitioner_id and one not in colleagues), None)


def partnership_lead_for(agency_id: int | None) -> int | None:
    """Who hears for the partnership of what climbs past supervisors."""
    live = Partnership.objects.filter(partners__left_at__isnull=True, lead_practitioner__isnull=False)
    return (live.filter(partners__agency_id=agency_id) if agency_id else live).order_by("pk").values_list("lead_practitioner_id", flat=True).first()


def lead_above(principal: int) -> int | None:
    """The partnership's lead above a practitioner or a team; nobody above the lead themself."""
    if principal > PRACTITIONER_PRINCIPAL_LIMIT:
        agency = Team.objects.filter(pk=principal - PRACTITIONER_PRINCIPAL_LIMIT).values_list("agency_id", flat=True).first()
    else:
        agency = Practitioner.objects.filter(pk=principal).values_list("agency_id", flat=True).first()
    lead = partnership_lead_for(agency)
    return None if lead == principal else lead
