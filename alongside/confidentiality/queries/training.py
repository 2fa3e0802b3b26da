"""Until when a practitioner is trained to open records."""

from datetime import date

from alongside.agencies.models import Practitioner


def training_ends(practitioner_id: int) -> date | None:
    """The last day on which this practitioner's information-governance training is current; records open only until then."""
    return Practitioner.objects.filter(pk=practitioner_id, training__subject="information_governance").order_by("-training__expires_on").values_list("training__expires_on", flat=True).first()
