"""A spend file on a page: read, looked at with its sums, then put into the books at one stroke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.open_book import actions, queries
from alongside.open_book.rules.columns import FIELDS
from alongside.web.design.formats import plural
from alongside.web.entrance import partner_page
from alongside.web.partnership.accounts.book import fill_in, go, opened, page
from alongside.web.partnership.accounts.forms import FileForm

FATES = {"refused": ("Refused", "red"), "duplicate": ("Twice in the file", "grey"), "already": ("In the books already", "grey")}


@partner_page("GET", "POST")
def import_spend(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.keeper()
    form = FileForm(request.POST, request.FILES, payers=book.payers(request.actor)) if request.method == "POST" else FileForm(payers=book.payers(request.actor), initial={"agency": request.actor.agency_id})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            file = actions.look_through(words["file"].name, words["file"].read(), chosen=words["mapping"])
            made = actions.read_spend(by=request.actor, partnership_id=book.pk, agency_id=int(words["agency"]), file=file, at=request.at)
        except (actions.NotASpendFile, actions.NotNow) as no:
            form.add_error("file", str(no))
        else:
            if made.status == "done":
                messages.success(request, "This very file is in the books already. Nothing was changed.")
            return go(book.to("spend_import", made.pk))
    lead = "Nothing goes into the books before you have seen what the file comes to."
    return fill_in(request, book, form, heading="Import a spend file", button="Read it", back=book.to("accounts"), lead=lead, upload=True)


@partner_page()
def spend_import(request: HttpRequest, partnership_id: int, import_id: int) -> HttpResponse:
    book, found = opened(request, partnership_id), queries.spend_import(partnership_id, import_id)
    keeps = book.may.all or book.may.own and found.agency_id == request.actor.agency_id
    if found.status != "done":
        book.keeper()
    looked = queries.preview(found.pk) if found.status == "read" and keeps else {"first": [], "left_out": []}
    left_out = (
        [(row.row, row.fate, "; ".join(row.reasons), row.amount, row.cells) for row in queries.left_out(found.pk, limit=60)] if found.status == "done"
        else [(one["n"], one["t"], "; ".join(one["y"]), one["a"], one["z"]) for one in looked["left_out"]]
    )
    return page(
        request, book, "import",
        {
            "found": found, "keeps": keeps, "sums": queries.reconciliation(found) if found.status == "done" or keeps and found.status == "read" else None, "first": looked["first"], "left_out": left_out,
            "fates": FATES, "columns": [(words, found.columns["fields"].get(field, "")) for field, words in FIELDS.items()], "centres": queries.cost_centres_of(found) if found.status == "done" else [],
        },
    )


@partner_page("POST")
def finish_import(request: HttpRequest, partnership_id: int, import_id: int) -> HttpResponse:
    book, found = opened(request, partnership_id), queries.spend_import(partnership_id, import_id)
    try:
        actions.finish_spend(by=request.actor, import_id=found.pk, at=request.at)
    except actions.NotNow as no:
        messages.error(request, str(no))
    else:
        sums = queries.reconciliation(queries.spend_import(partnership_id, import_id))
        messages.success(request, f"{plural(sums.imported.rows, 'line')} of this file are in the books.")
    return go(book.to("spend_import", found.pk))


@partner_page("POST")
def discard_import(request: HttpRequest, partnership_id: int, import_id: int) -> HttpResponse:
    book, found = opened(request, partnership_id), queries.spend_import(partnership_id, import_id)
    try:
        actions.discard_spend(by=request.actor, import_id=found.pk, at=request.at)
    except actions.NotNow as no:
        messages.error(request, str(no))
        return go(book.to("spend_import", found.pk))
    messages.success(request, "Thrown away. Nothing of it went into the books.")
    return go(book.to("import_spend"))
