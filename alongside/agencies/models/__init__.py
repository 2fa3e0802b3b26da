from alongside.agencies.models.account import Account, IdentitySession
from alongside.agencies.models.agency import Agency, AgencyIdentifier, AgencyKind
from alongside.agencies.models.change import DirectoryChange, SecondStepReset
from alongside.agencies.models.practitioner import Cover, Expertise, Leave, Practitioner, Training
from alongside.agencies.models.team import Team, TeamMembership

__all__ = [
    "Account", "Agency", "AgencyIdentifier", "AgencyKind", "Cover", "DirectoryChange", "Expertise", "IdentitySession", "Leave", "Practitioner",
    "SecondStepReset", "Team", "TeamMembership", "Training",
]
