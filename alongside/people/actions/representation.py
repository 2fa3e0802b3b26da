"""Who may see or act in somebody's record besides themself. The gate decides at each use; here it is only written down."""

from datetime import datetime

from alongside.common.access import Access
from alongside.people.models import Representation


def let_act_for(
    *, access: Access, account_id: int, own_person_id: int | None, relation: str, role: str, authority: str = "", limited_to: str = "", authority_verified_at: datetime | None = None, at: datetime,
) -> Representation:  # fmt: skip
    """An account may ask for this person's record: a parent with responsibility, an attorney whose power was seen. Made once, however often it is sent."""
    more = {"own_person_id": own_person_id, "role": role, "authority": authority, "limited_to": limited_to, "authority_verified_at": authority_verified_at, "starts": at}
    found, _ = Representation.objects.get_or_create(account_id=account_id, person_id=access.person_id, relation=relation, ends=None, defaults=more)
    return found
