"""Words of this app: who works where, as whom. Agency kinds and roles are the gate's own vocabulary."""

from dataclasses import dataclass
from datetime import datetime

PRACTITIONER_PRINCIPAL_LIMIT = 1_000_000_000
"""Team principals start here; practitioner principals stay below. A negative principal is a practitioner named personally."""


def team_principal(team_id: int) -> int:
    """The principal that stands for a whole team in access lists.

    Example:
        >>> team_principal(7)
        1000000007
    """
    return PRACTITIONER_PRINCIPAL_LIMIT + team_id


class CannotBe(ValueError):
    """What was asked for cannot be. The message says in plain words why, and what to do; `field` where it was typed."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts in one request: a practitioner, or a person (or their proxy) looking at a record.

    `token` is the unguessable identity of this session; the database resolves rights from it and from nothing else.
    """

    account_id: int
    token: str
    name: str
    practitioner_id: int | None = None
    agency_id: int | None = None
    agency_kind: str = "none"
    agency_name: str = ""
    role: str = "person"
    title: str = ""
    own_person_id: int | None = None
    team_ids: tuple[int, ...] = ()
    principals: tuple[int, ...] = ()
    manages_team_ids: tuple[int, ...] = ()
    supervises: bool = False
    looks_after_agency: bool = False
    training_current: bool = True
    large_print: bool = False
    single_key_shortcuts: bool = True
    signed_in_at: datetime | None = None

    @property
    def is_practitioner(self) -> bool:
        return self.practitioner_id is not None
