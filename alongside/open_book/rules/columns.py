"""Which column of a spend file holds what: known by its heading, as councils and health bodies call it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS: Mapping[str, str] = {
    "paid_on": "Date", "supplier": "Supplier", "amount": "Amount without VAT", "cost_centre": "Cost centre", "reference": "Transaction number", "description": "What for",
}
NEEDED = ("paid_on", "supplier", "amount")
MOST_COLUMNS = 200

NAMES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split("|"))
    for field, names in {
        "paid_on": "payment date|date paid|paid date|date of payment|pay date|paid on|payment cleared date|cleared date|date cleared|transaction date|trans date|effective date|posting date|posted date|date posted|"
        "gl date|ledger date|invoice date|date of invoice|date invoiced|invoice paid date|invoice payment date|accounting date|date|day",
        "supplier": "supplier name|vendor name|beneficiary name|payee name|creditor name|supplier|vendor|beneficiary|payee|creditor|merchant name|merchant|supplier beneficiary name|name of supplier|recipient name|"
        "recipient|paid to|company name|company|organisation name|trading name|contractor|supplier name for publishing|redacted supplier name|t supplier name|t vendor",
        "amount": "net amount|amount net|net amount gbp|amount excluding vat|amount excl vat|amount ex vat|net value|net|amount excluding recoverable vat|net of vat|net invoice amount|invoice net amount|line amount|"
        "amount|amount gbp|amount in gbp|amount paid|paid amount|payment amount|transaction amount|invoice amount|invoice value|value|total amount|payment value|sum|spend|invoice line amount|distribution amount|"
        "expenditure|amount in local currency|actual|cost|total paid|ap amount|gross amount|amount gross|gross|gross value|amount including vat|amount incl vat|amount inc vat|total|total gbp",
        "cost_centre": "cost centre description|cost centre name|cost center description|cost center name|cost centre|cost center|costcentre|costc t|cost centre code|cost center code|costc|cc description|cost code description|"
        "cost code|service area|service area categorisation|service|service description|service name|directorate|department|service directorate|service division categorisation|business unit|division|"
        "organisational unit|entity|expense area|budget holder|body",
        "reference": "transaction number|transaction no|trans no|transaction id|transaction ref|transaction reference|payment reference|payment ref|payment number|document number|document no|doc no|voucher number|"
        "voucher|invoice number|invoice no|invoice ref|invoice reference|unique reference|unique id|reference number|reference|ref no|ref|internal reference|internal ref|our reference|id|transno",
        "description": "purpose of spend|purpose of expenditure|purpose|description|narrative|expense type|expenditure type|expense area|expenditure category|expense description|expense code description|account description|"
        "account name|subjective description|subjective|detail|details|merchant category|procurement category|category|category description|line description|item text|invoice description|spend category|"
        "proclass description|summary of purpose|type",
    }.items()
}
"""For each field the headings it goes by, the one to be believed first. An amount without VAT comes before one with."""

LIKELY: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "paid_on": (re.compile(r"\b(date|paid on)\b"), re.compile(r"\b(birth|due|start|end|from|to|update)\b")),
    "supplier": (re.compile(r"supplier|vendor|payee|beneficiary|creditor"), re.compile(r"\b(id|no|number|code|type|ref|reference|postcode|address|vat|category|invoice)\b")),
    "amount": (re.compile(r"\b(amount|net|value|gbp|spend)\b"), re.compile(r"\b(vat amount|tax|code|date|currency|id|name)\b")),
    "cost_centre": (re.compile(r"cost ?cent|directorate|department|service"), re.compile(r"\b(date|amount|supplier)\b")),
    "reference": (re.compile(r"\b(transaction|invoice|document|voucher|payment)\b.*\b(no|number|num|ref|reference|id)\b"), re.compile(r"\b(date|amount|supplier|vendor)\b")),
    "description": (re.compile(r"purpose|description|expense|expenditure|narrative|category"), re.compile(r"\b(date|amount|code|number)\b")),
}
"""What a heading that nobody listed holds, and must not hold, to be taken for a field all the same."""


class NotASpendFile(ValueError):
    """A file that cannot be read as payments; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field is found, by the place of its column; and which headings nothing is read from."""

    places: Mapping[str, int]
    headings: tuple[str, ...]
    unused: tuple[str, ...] = ()

    def said(self) -> list[tuple[str, str]]:
        """Each field in words, with the heading it is read from."""
        return [(words, self.headings[self.places[field]] if field in self.places else "") for field, words in FIELDS.items()]


def plain_heading(heading: str) -> str:
    """
    Example:
        >>> plain_heading(" Net_Amount (£)"), plain_heading("SupplierName"), plain_heading("Amount (excl. VAT) - GBP")
        ('net amount', 'supplier name', 'amount excl vat gbp')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip().removeprefix("\ufeff"))
    return re.sub(r"[^a-z0-9]+", " ", apart.lower().replace("(£)", "").replace("£", "")).strip()


def map_columns(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """Each column is read for the field that its heading names, the likeliest heading first, unless somebody chose otherwise.

    `chosen` maps headings to fields. Raises NotASpendFile.

    Source: headings of published council and NHS spend files.
    Example:
        >>> columns = map_columns(["Body", "Supplier Name", "Payment Date", "Transaction Number", "Net Amount", "VAT", "Expense Area"])
        >>> [columns.headings[columns.places[name]] for name in ("paid_on", "supplier", "amount", "reference", "cost_centre")]
        ['Payment Date', 'Supplier Name', 'Net Amount', 'Transaction Number', 'Expense Area']
    """
    if len(headings) > MOST_COLUMNS:
        raise NotASpendFile(f"It has {len(headings):,} columns; a spend file has {MOST_COLUMNS} at most. Is it the right file?")
    plain = [plain_heading(heading) for heading in headings]
    places = _chosen(headings, chosen or {})
    for field in FIELDS:
        if field not in places and (place := _named(plain, NAMES[field], taken=set(places.values()))) is not None:
            places[field] = place
    for field, (likely, unlikely) in LIKELY.items():
        if field not in places:
            taken = set(places.values())
            place = next((n for n, words in enumerate(plain) if n not in taken and likely.search(words) and not unlikely.search(words)), None)
            if place is not None:
                places[field] = place
    missing = [FIELDS[field].lower() for field in NEEDED if field not in places]
    if missing:
        raise NotASpendFile(f"No column holds the {' or the '.join(missing)}. The columns are: {_some(headings)}. Say which it is, for example: {headings[0][:30] if headings else 'Column'}=supplier")
    used = set(places.values())
    return Columns(places, tuple(headings), tuple(heading for n, heading in enumerate(headings) if n not in used and heading.strip()))


def find_headings(rows: Sequence[Sequence[str]], chosen: Mapping[str, str] | None = None) -> tuple[int, Columns]:
    """The first row that reads as headings, however many lines of title stand above it. Raises NotASpendFile for none.

    Source: own; published files often begin with a title.
    Example:
        >>> find_headings([["Spend over £500"], [], ["Date", "Supplier", "Amount"], ["1/4/2025", "Acme Ltd", "5.00"]])[0]
        2
    """
    first = None
    for place, row in enumerate(rows):
        try:
            if sum(bool(cell.strip()) for cell in row) >= len(NEEDED):
                return place, map_columns(row, chosen)
        except NotASpendFile as no:
            first = first or no
    raise first or NotASpendFile("It holds no table with headings: it needs a date, a supplier and an amount.")


def _named(plain: Sequence[str], names: Sequence[str], *, taken: set[int]) -> int | None:
    for name in names:
        for place, words in enumerate(plain):
            if words == name and place not in taken:
                return place
    return None


def _chosen(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    known = [heading.strip() for heading in headings]
    for heading, field in chosen.items():
        if heading.strip() not in known:
            raise NotASpendFile(f"There is no column “{heading}”. The columns are: {_some(headings)}.")
        if field not in FIELDS:
            raise NotASpendFile(f"There is no field “{field}”. The fields are: {', '.join(FIELDS)}.")
        places[field] = known.index(heading.strip())
    return places


def _some(headings: Sequence[str]) -> str:
    return ", ".join(heading.strip()[:40] for heading in headings[:12] if heading.strip()) + (" ..." if len(headings) > 12 else "")
