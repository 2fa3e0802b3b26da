"""Who may see or act in somebody's record besides themself. The gate decides at each use; here it is only written down."""

from datetime import datetime

from alongside.common.access import Access
from alongside.people.models import Representation


def let_act_for(*, access: Access, account_id: int, own_person_id: int | None, relation: str, role: str, at: datetime) -> Representation:
    """An account may ask for this person's record: a parent with responsibility, say. Made once, however often it is sent."""
    found, _ = Representation.objects.get_or_create(
        account_id=account_id, person_id=access.person_id, relation=relation, ends=None, defaults={"own_person_id": own_person_id, "role": role, "starts": at}
    )
    return found
