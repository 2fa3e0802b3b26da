"""Whether a supplier is an organisation, whose name everybody may read, or a person."""

import re

from alongside.open_book.facts import SupplierKind

ORGANISATION = re.compile(
    r"\b(ltd|limited|plc|llp|cic|cio|inc|gmbh|llc|council|nhs|trust|hospital|university|college|school|academy|charity|foundation|association|constabulary|hmrc|department|authority|commission|ministry|police)\b",
    re.I,
)
"""Words that are nobody's surname."""
PERSON = re.compile(r"^(mr|mrs|ms|miss|mx|dr|sir|lady|rev|prof)\b\.?\s|\bt/a\b|redact|personal data|foster carer|individual", re.I)


def kind_of_supplier(name: str) -> SupplierKind:
    """A name is shown to everybody only if it says itself that it is an organisation; a title before it says that it is a person; all others wait to be judged by somebody.

    Source: Local Government Transparency Code 2015 (names of individuals may have to be withheld); UK GDPR article 5(1)(c).
    Example:
        >>> [kind_of_supplier(name).value for name in ("Acme Cleaning Ltd", "Mrs J Smith", "Jane Smith", "Tarnside Council")]
        ['organisation', 'individual', 'not_judged', 'organisation']
    """
    if PERSON.search(name):
        return SupplierKind.INDIVIDUAL
    return SupplierKind.ORGANISATION if ORGANISATION.search(name) else SupplierKind.NOT_JUDGED
