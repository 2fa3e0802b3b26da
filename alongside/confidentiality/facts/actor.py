"""Who asks: the kind of agency they work for, what they do there, and how they stand to the person."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


class Agency(Word):
    """What kind of agency the asker works for; `none` for the person, their family and everybody else."""

    CARE_PROVIDER = "care_provider"
    COUNCIL_ADULTS = "council_adults"
    COUNCIL_CHILDREN = "council_children"
    COUNCIL_COMMISSIONING = "council_commissioning"
    COUNCIL_HOUSING = "council_housing"
    GP_PRACTICE = "gp_practice"
    IMMIGRATION_ENFORCEMENT = "immigration_enforcement"
    NHS_COMMUNITY = "nhs_community"
    NHS_HOSPITAL = "nhs_hospital"
    NHS_MENTAL_HEALTH = "nhs_mental_health"
    NONE = "none"
    PEER_NETWORK = "peer_network"
    POLICE = "police"
    PROBATION = "probation"
    RESEARCHER = "researcher"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"


RELY_ON_CONSENT = frozenset({Agency.VOLUNTARY, Agency.PEER_NETWORK, Agency.RESEARCHER})
"""Agencies whose help rests on the person's agreement: without it they lose even what they wrote themselves, until somebody states another ground."""


class Role(Word):
    """What the asker does."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    CARER = "carer"
    DEPUTY_OR_ATTORNEY = "deputy_or_attorney"
    DOCTOR = "doctor"
    FAMILY_NURSE = "family_nurse"
    HOUSING_OFFICER = "housing_officer"
    IDVA = "idva"
    MACHINE_CLIENT = "machine_client"
    MANAGER = "manager"
    NURSE = "nurse"
    OFFICER = "officer"
    PARENT = "parent"
    PEER_SUPPORTER = "peer_supporter"
    PERSON = "person"
    PERSONAL_REPRESENTATIVE = "personal_representative"
    POLICE_OFFICER = "police_officer"
    RECORDS_MANAGER = "records_manager"
    RESEARCHER = "researcher"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SOCIAL_WORKER = "social_worker"
    STUDENT = "student"
    SUPPORT_WORKER = "support_worker"
    SYSTEM_ADMIN = "system_admin"
    TEACHER = "teacher"
    TEAM_MANAGER = "team_manager"
    VOLUNTEER = "volunteer"


class Relation(Word):
    """How the asker stands to the person, now."""

    ALLOCATED = "allocated"
    TEAM_COVER = "team_cover"
    SUPERVISOR = "supervisor"
    REFERRED_TO = "referred_to"
    PREVIOUSLY_INVOLVED = "previously_involved"
    RECORDS_ROLE = "records_role"
    PARTNERSHIP_MEMBER = "partnership_member"
    SELF = "self"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    NO_PARENTAL_RESPONSIBILITY = "no_parental_responsibility"
    PROXY = "proxy"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Actor:
    agency: Agency
    role: Role
    relation: Relation
