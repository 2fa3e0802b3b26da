"""Every part of the design, in every state, on one page: to look at, to copy from and to test. Not served in production."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse

from alongside.common.decisions import Conflict, Decision, Outcome, Refused
from alongside.web.design import error_pages
from alongside.web.design.fields import (
    CheckboxesField,
    CodeField,
    DateField,
    EmailField,
    LongTextField,
    NameField,
    NHSNumberField,
    PasswordField,
    RadiosField,
    RetryKeyField,
    SearchField,
    SelectField,
    TextField,
    TickField,
    TimeField,
    UploadField,
    WholeNumberField,
)
from alongside.web.design.forms import Form
from alongside.web.design.frame import NAVIGATION, Audience, Frame
from alongside.web.design.pages import form_page
from alongside.web.design.rows import Bar, Event, Identity, OutcomeRow, SummaryRow, WorkRow
from alongside.web.entrance import public_page

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class EveryField(Form):
    name = NameField(label="Full name", autocomplete="name")
    email = EmailField()
    nhs_number = NHSNumberField()
    born = DateField(label="Date of birth", birthday=True, not_after=AT.date())
    seen_at = TimeField(label="Time of the visit", required=False)
    children = WholeNumberField(label="Children at home", suffix="children", min_value=0, max_value=20)
    amount = TextField(label="Amount", prefix="£", inputmode="decimal", width=5, required=False)
    kind = RadiosField(
        label="What happened?",
        choices=[("visit", "Home visit"), ("call", "Phone call"), ("other", "Something else")],
        hints={"visit": "You saw the person where they live"},
        reveals={"other": "what_else"},
        or_before="other",
        label_size="m",
    )
    what_else = TextField(label="What was it?", required=False)
    told = CheckboxesField(
        label="Who else knows?",
        hint="Choose all that apply",
        choices=[("school", "School"), ("gp", "GP"), ("nobody", "Nobody yet")],
        alone="nobody",
        or_before="nobody",
    )
    yes_or_no = RadiosField(label="Was the child seen?", choices=[("yes", "Yes"), ("no", "No")], inline=True)
    team = SelectField(label="Team", choices=[("north", "North locality"), ("south", "South locality")])
    sort = SelectField(
        label="What sort of entry is it?", search="Type to find one: visit, bruise…", words={"injury": "bruise burn mark"}, required=False, says_optional=False,
        choices=[("Every day", [("visit", "Visit"), ("call", "Phone call")]), ("Keeping children safe", [("injury", "Injury seen"), ("missing", "Missing from home")])],
    )
    story = LongTextField(label="What did you see and hear?", hint="Write as if the family will read this. They can.", max_length=500, rows=6)
    action = LongTextField(label="What was done, or why nothing", required=False, rows=3)
    paper = UploadField(label="Letter or photograph", required=False, accept=".pdf,.jpg,.png")
    search = SearchField(label="Find a service", required=False)
    code = CodeField(label="Code from your app", required=False)
    password = PasswordField(required=False)
    sure = TickField(label="I have read this to the person")
    retry_key = RetryKeyField()


ROWS = [
    WorkRow("Acknowledge: baby’s weight", "#1", due=AT - timedelta(days=2), about="Ada L.", meta="From Northvale family nurses", state="Waiting", colour="yellow"),
    WorkRow("Reply to the referral", "#2", due=AT - timedelta(minutes=45), about="George B.", meta="From Hill Primary School"),
    WorkRow("Home visit", "#3", due=AT + timedelta(hours=5), about="Mary S.", meta="Second visit this month", state="Started by Amina, Tue", colour="blue"),
    WorkRow("Review the plan", "#4", due=date(2026, 11, 25), about="Ada L.", meta="Six-weekly review"),
    WorkRow("Ring the housing office", "#5", due=date(2026, 11, 27), about="Florence N.", state="Waiting for school", colour="grey"),
    WorkRow("Yearly health check", "#6", due=date(2027, 1, 15), about="George B."),
    WorkRow("Write up the family tree", "#7", about="Mary S.", meta="No date"),
]
PERSON = Identity(
    "Florence Nightingale-Bostridge",
    known_as="Flo",
    born=date(1945, 7, 14),
    nhs_number="9434765919",
    pronouns="she/her",
    facts=[("Lead practitioner", "Amina Yusuf, family nurse")],
    needs=["Speak slowly, on her left side", "Large print letters"],
)
EVENTS = [
    Event(
        AT - timedelta(days=1),
        "Home visit: not sleeping, worried about heating",
        "Amina Yusuf, family nurse, Northvale NHS Trust",
        href="#1",
        text="The flat was 14 degrees at eleven in the morning. Flo wore her coat indoors.",
        own_words="I only put it on when the baby comes.",
        details=[("Effect", "Cough is back; slept three hours"), ("Action", "Rang the warm homes team; they come on Thursday")],
        unread=True,
    ),
    Event(
        AT - timedelta(days=12),
        "Missed appointment",
        "Dr Osei, Hill Street Surgery",
        text="Did not come to the blood test.",
        details=[("No action", "Flo had rung to say the bus did not run")],
        mark="Corrected",
    ),
]
OUTCOME_ROWS = [
    OutcomeRow("Northvale Council, children’s social care", "told", "They need every entry about heating or food in this home."),
    OutcomeRow("Hill Primary School", "kept_back", "The agreement with the school covers attendance only (CON-040)."),
    OutcomeRow("Northvale Police", "not_needed", "They have not asked for entries of this kind."),
    OutcomeRow("Warm Homes", "waiting", "Told on Monday; an answer is due on Thursday.", said="Told"),
    OutcomeRow("Hill Street Surgery", "acknowledged", "Dr Osei, Tuesday 24 November, 10am."),
    OutcomeRow("Northvale Housing", "declined", "“Not our tenant.” Now with the allocated worker."),
    OutcomeRow("Hill Street Pharmacy", "read", "They prescribe and must know of changes.", said="Read, not yet answered", shade="blue", then="Must answer: today by 5pm. Read Tue 24 Nov 2026, 9am."),
]
SUMMARY = [SummaryRow("What happened", "Home visit", "#kind"), SummaryRow("Date of birth", "14 July 1945", "#born"), SummaryRow("Time of the visit", "")]
TABLE = [("Northvale Council", "12", "2 days"), ("Hill Primary School", "3", "4 hours"), ("Warm Homes, a charity with quite a long name", "1,204", "1 day")]
SHARES = [
    Bar("16 to 24", 0.0, "0%", beside=0.14, beside_words="14%", mark="Missing", colour="red"),
    Bar("25 to 64, a group with quite a long name", 0.65, "65%", beside=0.61, beside_words="61%"),
    Bar("65 and over", 0.35, "35%", beside=0.25, beside_words="25%"),
    Bar("Not said", None, "Under 5, not shown"),
]
RATES = [
    Bar("Northvale Council", 0.82, "82%", low=0.74, high=0.88, between="74% to 88%"),
    Bar("Hill Primary School", 0.5, "50%", low=0.25, high=0.75, between="25% to 75%", mark="Few cases", colour="yellow"),
]

FRAMES = {
    audience: Frame(
        audience=audience,
        navigation=NAVIGATION[audience],
        signed_in_as="" if audience is Audience.PUBLIC else "My account" if audience is Audience.PERSON else "Amina Yusuf, family nurse",
        session_ends_in=0 if audience is Audience.PUBLIC else 30 * 60,
    )
    for audience in Audience
}


@public_page("GET", "POST")
def gallery(request: HttpRequest) -> HttpResponse:
    """`?audience=person` shows another frame, `?large=1` large print."""
    audience = request.GET.get("audience", "practitioner")
    if audience not in FRAMES:
        raise Http404
    request.frame = replace(FRAMES[Audience(audience)], large_print="large" in request.GET)  # type: ignore[attr-defined]
    form = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    shown = {"at": AT, "form": form, "person": PERSON, "work": ROWS, "events": EVENTS, "outcomes": OUTCOME_ROWS, "summary": SUMMARY}
    return form_page(request, "design/gallery.jinja", {**shown, "table": TABLE, "shares": SHARES, "rates": RATES, "audiences": list(Audience)})


REFUSAL = Decision(
    Outcome.DENY,
    ("You do not work with this person now.", "Your agency’s agreement does not cover housing."),
    ("offer_cover_route", "offer_reason_and_challenge"),
)
TYPED = [("story", "Flo was cold.\nShe wore a coat.")]
ERROR_PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "refused": lambda request: error_pages.refused(request, Refused(REFUSAL)),
    "waits": lambda request: error_pages.refused(request, Refused(Decision(Outcome.REFER, ("Only Dr Osei can decide about this.",)))),
    "not-known": error_pages.not_known,
    "conflict": lambda request: error_pages.conflict(request, Conflict(TYPED[0][1], "Flo said she was warm enough.", field="story")),
    "not-understood": error_pages.not_understood,
    "forbidden": error_pages.forbidden,
    "too-large": error_pages.too_large,
    "too-many": error_pages.too_many,
    "broken": error_pages.broken,
    "unreachable": lambda request: error_pages.page(request, "unreachable", HTTPStatus.SERVICE_UNAVAILABLE, sending=True, typed=TYPED, action="/design/", files=False),
    "unreachable-reading": error_pages.unreachable,
    "signed-out": lambda request: error_pages.page(request, "signed_out", HTTPStatus.UNAUTHORIZED, sign_in="/sign-in/", typed=TYPED, action="/design/", files=False),
    "form-key-wrong": lambda request: error_pages.page(request, "form_key_wrong", HTTPStatus.FORBIDDEN, typed=TYPED, action="/design/", files=True),
}


@public_page("GET")
def error_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Each error page as it would be answered."""
    if kind not in ERROR_PAGES:
        raise Http404
    return ERROR_PAGES[kind](request)
