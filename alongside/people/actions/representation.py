"""Who reads somebody's record as their own, or for them. Letting somebody in takes two people and is the confidentiality app's; ending it takes one."""

from django.contrib.postgres.functions import TransactionNow
from django.db.models import Q

from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.people.models import Representation


def end_representation(*, access: Access, row_id: int) -> None:
    """They read nothing from this moment, by the database's clock; what they wrote stays. Raises NotKnown for a row that is not this person's, or is over."""
    if not Representation.objects.filter(Q(ends__isnull=True) | Q(ends__gt=TransactionNow()), pk=row_id, person_id=access.person_id).update(ends=TransactionNow()):
        raise NotKnown
