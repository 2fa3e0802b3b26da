"""The data-protection impact assessment that an agreement needs, drafted from what it says: to read here, and as a file to go on writing in."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.london import london_day
from alongside.confidentiality.queries import lawful_bases, purposes
from alongside.interop.documents import Bullets, Document, Heading, Paragraph, Part, Table
from alongside.partnerships import queries
from alongside.partnerships.facts import AgreementText
from alongside.partnerships.rules.agreements import caldicott_eight
from alongside.partnerships.rules.impact_assessment import risks, still_to_be_answered, why_one_is_due
from alongside.web.attached import as_document
from alongside.web.design.formats import plural
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.lines import lines_in_words
from alongside.web.partnership.table import lead_frame
from alongside.web.partnership.wording import SAYS

LEVELS = {1: "low", 2: "medium", 3: "high"}
EMPTY, NOT_SAID = "", "The agreement does not say this yet."


@partner_page()
def impact_assessment(request: HttpRequest, agreement_id: int) -> HttpResponse:
    lead_frame(request)
    one = queries.agreement(agreement_id)
    return render(request, "partnership/agreements/impact_assessment.jinja", {"agreement": one, "document": drafted(one, at=request.at)})


@partner_page()
def impact_assessment_file(request: HttpRequest, agreement_id: int, form: str) -> HttpResponse:
    one = queries.agreement(agreement_id)
    return as_document(drafted(one, at=request.at), form, name=f"impact-assessment-{one.pk}-version-{one.version}", at=request.at)


def drafted(one: object, *, at: object) -> Document:
    """The draft, part by part, in the words of the agreement as it stands now."""
    day = london_day(at)
    return Document(
        f"Data-protection impact assessment: {one.title}", subtitle=f"Draft of {day:%d %B %Y} for version {one.version}, {one.partnership.name}",
        foot=f"Draft, {one.title}, version {one.version}, {day:%d %B %Y}", parts=tuple(parts_of(one, queries.text_in(one))),
    )


def parts_of(one: object, text: AgreementText) -> Iterator[Part]:
    bases, agencies = lawful_bases(london_day(one.starts)), {party.agency_id: party.agency.name for party in one.parties.all()}
    why = why_one_is_due(text)
    yield Paragraph("This is a draft. It says what the agreement says and proposes risks; people must answer what stands at its end, decide, and sign.", strong=True)
    yield Heading("Why an assessment is due")
    yield Bullets(why) if why else Paragraph("Nothing in the agreement calls for one by law. It is still good practice to write down why.")
    yield Heading("What it is for")
    yield Paragraph(text.why or NOT_SAID)
    yield Paragraph(f"It runs from {one.starts:%d %B %Y} to {one.ends:%d %B %Y}, lapses by itself at its end, and is reviewed on {text.review_on:%d %B %Y}.")
    yield Table("Who takes part", ["Party", "Signs for it", "Stands"], [[party.agency.name, f"{party.signatory.name}, {party.signatory.title}", SAYS[queries.party_facts(party).says][0]] for party in one.parties.all()])
    yield Heading("What happens to information")
    yield Table(
        "What flows, line by line", ["For", "Between", "What", "Enough is", "Basis in law"],
        [[line.purpose, line.between, line.what, line.least or "not said", f"{line.basis}{f' ({line.gateway})' if line.gateway else ''}"] for line in lines_in_words(text, purposes=purposes(), bases=bases, agencies=agencies)],
        widths=(3, 3, 5, 4, 5),
    )
    for heading, words in (("Who may open what comes in", text.who_sees), ("How it is kept safe", text.safeguards), ("How long it is kept", text.retention), ("How people are told", text.how_people_are_told), ("Whom to ring", text.contact)):
        yield Heading(heading, 2)
        yield Paragraph(words or NOT_SAID)
    yield Heading("Is it necessary, and in proportion?")
    checks = caldicott_eight(text, bases_in_force=bases)
    yield Table("The eight Caldicott principles", ["Principle", "Answered?", "Missing"], [[check.principle, "Yes" if check.met else "No", " ".join(check.missing) or "Nothing"] for check in checks], widths=(4, 2, 6))
    yield Heading("What may go wrong for people")
    found = risks(text)
    yield Paragraph(f"{plural(len(found), 'risk')}, named from what flows and between whom. Likelihood and harm are proposals, before anything holds them.")
    yield Table(
        "Risks", ["What may go wrong", "How likely", "How bad", "Weight", "What holds it", "What remains (people decide)"],
        [[risk.what, LEVELS[risk.likelihood], LEVELS[risk.harm], risk.weight, risk.held_by, EMPTY] for risk in found], widths=(5, 2, 2, 2, 6, 3),
    )
    yield Heading("What people must still answer")
    yield Bullets(still_to_be_answered(text))
    yield Heading("Sign-off")
    yield Table("Who decides", ["Who", "What they say", "Name and day"], [[who, EMPTY, EMPTY] for who in ("Data protection officer: advice", "Caldicott guardian: advice", *(f"{name}: accepts what remains" for name in agencies.values()))])
