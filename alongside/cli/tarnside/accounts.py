"""The books of Tarnside's partnerships: one in order, one with a pooled fund and a claim that a comparison takes apart, one where money is late and a question lies unanswered."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.london import london_day
from alongside.open_book import actions as books
from alongside.open_book.facts import Grade, Level, Spend, SupplierKind, Way
from alongside.open_book.models import CostCentre, Period, SpendLine, Supplier
from alongside.partnerships.queries.objectives import objectives

CASH, HOURS, PREMISES, GOODS = Way.CASH, Way.HOURS, Way.PREMISES, Way.GOODS
TOGETHER_OBJECTIVES = {"O1": "Families tell their story once", "O2": "Worries are answered in time", "O3": "Home on the day one is fit"}
TOGETHER_PROMISES = (
    ("children", CASH, "Yearly contribution", "60000", ""), ("adults", CASH, "Yearly contribution", "45000", ""), ("hospital", CASH, "Yearly contribution", "30000", ""),
    ("community", HOURS, "Family nurses at joint visits", "900", "28.50"), ("police", HOURS, "Officers at the daily meeting", "300", "31.20"), ("homelink", HOURS, "Volunteers", "1200", "11.44"),
    ("surgery", PREMISES, "A room on Tuesdays", "6000", ""), ("school", PREMISES, "The hall for family evenings", "4800", ""), ("housing", GOODS, "Furniture for first homes", "3500", ""),
)
TOGETHER_SPEND = (
    ("Millbrook Family Centre CIC", "Family hub", "Family evenings", "1850.00"), ("Tarn Translation Services Ltd", "Family hub", "Interpreters", "642.35"), ("Harbour Training Ltd", "Training", "Joint training day", "2400.00"),
    ("Northern Tablets Ltd", "Information", "Tablets for joint visits", "3120.40"), ("Tarnside Taxis Ltd", "Home again", "Journeys home", "418.75"), ("Carers Link (charity)", "Home again", "Home visits by volunteers", "5200.00"),
    ("Tarnside Council", "Office", "Rent and heating", "1475.00"), ("Mrs P Holroyd", "Family hub", "Expert by experience, fee", "120.00"), ("Kettle and Crumb", "Family hub", "Food for family evenings", "233.10"),
)
CENTRES = {"Family hub": "O2", "Training": "O1", "Information": "O1", "Home again": "O3"}


def keep_the_books(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> list[str]:
    """Everything by those who do it: leads, treasurer, partners' own people."""
    together(made, ids["together"], at=at)
    home_from_hospital(made, ids["home"], at=at)
    safer_evenings(made, ids["evenings"], at=at)
    return ["the books of three partnerships, one of them not in order"]


def years(at: datetime) -> tuple[tuple[str, date, date], tuple[str, date, date]]:
    """The financial year that is over, and the one that it is."""
    today = london_day(at)
    begins = today.year if (today.month, today.day) >= (4, 1) else today.year - 1
    return tuple((f"{year}-{(year + 1) % 100:02}", date(year, 4, 1), date(year + 1, 3, 31)) for year in (begins - 1, begins))  # type: ignore[return-value]


def open_years(made: Tarnside, partnership_id: int, lead: str, *, at: datetime) -> tuple[Period, Period]:
    with made.acting(lead, at=at) as by:
        first, second = (books.open_period(by=by, partnership_id=partnership_id, name=name, first=first, last=last) for name, first, last in years(at))
    return first, second


def put_in(made: Tarnside, partnership_id: int, period: Period, lead: str, promises: tuple[tuple[str, Way, str, str, str], ...], *, due_on: date, at: datetime, comes: bool = True, fund_id: int | None = None) -> None:
    with made.acting(lead, at=at) as by:
        for agency, way, what, amount, rate in promises:
            worth = {"quantity": Decimal(amount), "rate": Decimal(rate)} if rate else {"amount": Decimal(amount)}
            one = books.promise(
                by=by, partnership_id=partnership_id, period_id=period.pk, agency_id=made.agencies[agency].pk, way=way, what=what, due_on=due_on, fund_id=fund_id if way is CASH else None, at=at, **worth
            )
            if comes:
                books.note_receipt(by=by, contribution=one, amount=one.amount, came_on=due_on - timedelta(days=3))


# -- the healthy one -----------------------------------------------------------------------------------------------------------------------


def together(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    last_year, this_year = open_years(made, partnership_id, "sunita", at=at)
    with made.acting("sunita", at=at) as sunita:
        books.name_treasurer(by=sunita, partnership_id=partnership_id, practitioner_id=made.practitioners["owen"].pk, at=at)
        said = {one.wording.title: one.objective.pk for one in objectives(partnership_id, day=london_day(at))}
        for code, name in TOGETHER_OBJECTIVES.items():
            books.add_objective(by=sunita, partnership_id=partnership_id, code=code, name=name, objective_id=said.get(name))
        for period in (last_year, this_year):
            for objective, amount in (("O1", "42000"), ("O2", "38000"), ("O3", "40000"), ("", "15000")):
                books.set_budget(by=sunita, partnership_id=partnership_id, period_id=period.pk, objective=objective, amount=Decimal(amount), at=at)
    for period in (last_year, this_year):
        put_in(made, partnership_id, period, "owen", TOGETHER_PROMISES, due_on=period.first + timedelta(days=45), at=at)
        load_file(made, partnership_id, period, at=at)
    sort_lines(made, partnership_id, at=at)
    ask_and_answer(made, partnership_id, this_year, at=at)
    what_came_of_it(made, partnership_id, last_year, this_year, at=at)
    with made.acting("owen", at=at) as owen:
        books.propose_closing(by=owen, period_id=last_year.pk, at=at)
    with made.acting("peter", at=at) as peter:
        books.confirm_closing(by=peter, period_id=last_year.pk, at=at)
    with made.acting("owen", at=at) as owen:
        books.publish(by=owen, period_id=last_year.pk, at=at)


def load_file(made: Tarnside, partnership_id: int, period: Period, *, at: datetime) -> None:
    """The council's published file of the year so far, with a row twice and one that is no payment, as such files are."""
    content = "\r\n".join(["Payments to suppliers", "Body,Supplier Name,Payment Date,Transaction Number,Net Amount (£),Cost Centre Description,Purpose", *published_rows(period, london_day(at))]).encode("utf-8-sig")
    with made.acting("sunita", at=at) as by:
        read = books.read_spend(by=by, partnership_id=partnership_id, agency_id=made.agencies["children"].pk, file=books.look_through(f"spend {period.name}.csv", content), at=at)
        books.finish_spend(by=by, import_id=read.pk, at=at)


def published_rows(period: Period, today: date) -> Iterator[str]:
    number, written = 40_000, ""
    for month in range(12):
        for turn, (supplier, centre, what, amount) in enumerate(TOGETHER_SPEND):
            day = period.first + timedelta(days=30 * month + 3 * turn + 2)
            if day > min(period.last, today) or (month + turn) % 2:
                continue
            number += 1
            paid = Decimal(amount) + Decimal(month * 3 + turn) / 4
            shown = (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d-%b-%y}")[turn % 3], (f"{paid:,.2f}", f"£{paid:,.2f}", f"{paid:.2f}")[month % 3]
            written = f'Tarnside Council,{supplier},{shown[0]},T{number},"{shown[1]}",{centre},{what}'
            yield written
    yield written
    yield f"Tarnside Council,Northern Tablets Ltd,{period.first + timedelta(days=20):%d/%m/%Y},T{number + 1},(312.04),Information,Credit for a broken tablet"
    yield "Tarnside Council,,,,see note,,"


def sort_lines(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    with made.acting("owen", at=at) as owen:
        for centre in CostCentre.objects.filter(partnership_id=partnership_id):
            books.set_cost_centre(by=owen, cost_centre=centre, objective=CENTRES.get(centre.name, ""), overhead=centre.name == "Office", fund_id=None)
        for supplier in Supplier.objects.filter(partnership_id=partnership_id, name="Kettle and Crumb"):
            books.judge_supplier(by=owen, supplier=supplier, kind=SupplierKind.ORGANISATION)


def ask_and_answer(made: Tarnside, partnership_id: int, period: Period, *, at: datetime) -> None:
    with made.acting("peter", at=at) as peter:
        line = SpendLine.objects.filter(period=period, supplier__name="Harbour Training Ltd").first()
        if line is None:
            return
        asked = books.ask(by=peter, line=line, question="Could volunteers come to this training too? It was for practitioners only last time.", area="england", at=at - timedelta(days=12))
    with made.acting("priya", at=at) as priya:
        books.answer(by=priya, query_id=asked.pk, words="Yes. Fourteen of the forty places went to Homelink's volunteers; the invoice lists them by agency.", at=at - timedelta(days=9))
        books.attach(by=priya, line_id=line.pk, upload=books.Upload("invoice.txt", "text/plain", b"Harbour Training Ltd\nInvoice 2214\nJoint training day, 40 places, 14 of them for volunteers\n"), at=at)
        books.allocate(by=priya, line=line, weights={"O1": Decimal(1), "O2": Decimal(1), "O3": Decimal(1)}, at=at)


def what_came_of_it(made: Tarnside, partnership_id: int, last_year: Period, this_year: Period, *, at: datetime) -> None:
    with made.acting("sunita", at=at) as sunita:
        common = {"by": sunita, "partnership_id": partnership_id, "at": at}
        books.record_benefit(
            **common, period_id=this_year.pk, outcome="Assessments not asked for a second time", level=Level.PERSON, grade=Grade.BEFORE_AFTER, objective="O1", units=212, gross=Decimal("19080.00"),
            body_id=made.agencies["children"].pk, evidence="Counted from the records: 412 a year before, 200 after. The time saved at 90 pounds each; nobody else was compared.",
        )
        books.record_benefit(
            **common, period_id=this_year.pk, outcome="Worries answered within a working day", level=Level.PERSON, grade=Grade.MATCHED, objective="O2", units=96, gross=Decimal("31000.00"), corrected=Decimal("12400.00"),
            body_id=made.agencies["children"].pk, cashable=False, evidence="Compared with two districts without the partnership, matched by deprivation and age.",
        )
        books.record_benefit(
            **common, period_id=this_year.pk, outcome="Practitioners at one more meeting each week", level=Level.PRACTITIONER, grade=Grade.CLAIMED, is_harm=True, gross=Decimal("8200.00"),
            body_id=made.agencies["community"].pk, evidence="Said by family nurses in supervision; hours not yet counted.",
        )


# -- a pooled fund, and a claim taken apart by a comparison -----------------------------------------------------------------------------------


def home_from_hospital(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    _, this_year = open_years(made, partnership_id, "megan", at=at)
    with made.acting("megan", at=at) as megan:
        books.add_objective(by=megan, partnership_id=partnership_id, code="H1", name="Support in the first weeks at home")
        books.set_budget(by=megan, partnership_id=partnership_id, period_id=this_year.pk, objective="H1", amount=Decimal("345000.00"), at=at)
        fund = books.make_fund(
            by=megan, partnership_id=partnership_id, name="Home from Hospital pool", host_id=made.agencies["adults"].pk, manager_id=made.practitioners["megan"].pk,
            shares={made.agencies["adults"].pk: Decimal(50), made.agencies["hospital"].pk: Decimal(50)}, at=at,
        )
    put_in(made, partnership_id, this_year, "megan", (("adults", CASH, "Into the pool", "172500", ""), ("hospital", CASH, "Into the pool", "172500", "")), due_on=this_year.first + timedelta(days=30), at=at, fund_id=fund.pk)
    with made.acting("megan", at=at) as megan:
        for month, amount in enumerate(("57573.33", "57573.33", "57573.34", "57573.33", "57573.33", "57573.34")):
            day = min(this_year.first + timedelta(days=30 * month + 10), london_day(at))
            spend = Spend(day, "Homelink Tarnside (charity)", Decimal(amount), "Support at home", f"HH{month + 1}", "Visits in the first weeks at home", period_id=this_year.pk)
            books.record_spend(by=megan, partnership_id=partnership_id, agency_id=made.agencies["adults"].pk, spend=spend, at=at)
        for centre in CostCentre.objects.filter(partnership_id=partnership_id):
            books.set_cost_centre(by=megan, cost_centre=centre, objective="H1", overhead=False, fund_id=fund.pk)
        common = {"by": megan, "partnership_id": partnership_id, "period_id": this_year.pk, "level": Level.ORGANISATION, "objective": "H1", "at": at}
        books.record_benefit(**common, outcome="Less home care needed", grade=Grade.CLAIMED, gross=Decimal("339000.00"), units=1360, body_id=made.agencies["adults"].pk, evidence="The provider's own report on 1,360 people.")
        books.record_benefit(**common, outcome="Fewer nights in hospital", grade=Grade.CLAIMED, gross=Decimal("616000.00"), units=1360, body_id=made.agencies["hospital"].pk, evidence="The provider's own report on 1,360 people.")
        books.record_benefit(
            **common, outcome="Fewer nights in hospital", grade=Grade.MATCHED, gross=Decimal("616000.00"), corrected=Decimal("0.00"), units=1573, body_id=made.agencies["hospital"].pk,
            evidence="1,573 people compared with others like them: no lower use of hospital.",
        )


# -- one that says it is fine ------------------------------------------------------------------------------------------------------------------


def safer_evenings(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    last_year, this_year = open_years(made, partnership_id, "moira", at=at)
    put_in(made, partnership_id, last_year, "moira", (("police", CASH, "Yearly contribution", "20000", ""),), due_on=last_year.first + timedelta(days=30), at=at)
    put_in(made, partnership_id, this_year, "moira", (("police", CASH, "Yearly contribution", "20000", ""),), due_on=this_year.first + timedelta(days=30), at=at)
    late = (("school", CASH, "Yearly contribution", "8000", ""), ("housing", CASH, "Yearly contribution", "12000", ""))
    put_in(made, partnership_id, this_year, "moira", late, due_on=min(this_year.first + timedelta(days=75), london_day(at) - timedelta(days=20)), at=at, comes=False)
    with made.acting("moira", at=at) as moira:
        for day, supplier, amount, what in ((200, "Bright Lights Ltd", "4980.00", "Equipment"), (240, "Tarnside Youth Association", "6500.00", "Evening club"), (170, "Harbour Security Ltd", "9350.00", "Patrols")):
            paid_on = london_day(at) - timedelta(days=day)
            period = next(one for one in (last_year, this_year) if one.first <= paid_on <= one.last)
            books.record_spend(by=moira, partnership_id=partnership_id, agency_id=made.agencies["police"].pk, spend=Spend(paid_on, supplier, Decimal(amount), "", f"E{day}", what, period_id=period.pk), at=at)
        books.record_benefit(
            by=moira, partnership_id=partnership_id, period_id=this_year.pk, outcome="Quieter streets", level=Level.PERSON, grade=Grade.CLAIMED, gross=Decimal("90000.00"), body_id=made.agencies["police"].pk,
            evidence="It feels quieter.", at=at,
        )
    with made.acting("peter", at=at) as peter:
        line = SpendLine.objects.filter(partnership_id=partnership_id, supplier__name="Bright Lights Ltd").first()
        if line:
            books.ask(by=peter, line=line, question="Which equipment, and where is it? Nobody at the club has seen it.", area="england", at=at - timedelta(days=150))
