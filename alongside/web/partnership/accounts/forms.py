"""What is filled in about money."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from alongside.open_book.facts import Grade, Level, SupplierKind, Way
from alongside.open_book.rules.amounts import NotAnAmount, read_amount
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField, UploadField, WholeNumberField
from alongside.web.design.forms import Form
from alongside.web.partnership.accounts.book import WAYS

MOST = Decimal("999999999.99")
Choices = Sequence[tuple[Any, str]]
GRADES = {
    Grade.CLAIMED: "Claimed: somebody says so", Grade.BEFORE_AFTER: "Before and after: counted twice, nothing compared", Grade.MATCHED: "Matched: compared with others like them",
    Grade.TRIAL: "Trial: by lot, or as good as that",
}
LEVELS = {Level.PERSON: "People who are helped", Level.PRACTITIONER: "Practitioners", Level.ORGANISATION: "Organisations"}


class MoneyField(TextField):
    """An amount as people write it: with or without a pound sign and commas. The value is exact."""

    def __init__(self, *, least: Decimal | None = Decimal("0.01"), **others: Any) -> None:
        super().__init__(prefix="£", width=10, inputmode="decimal", spellcheck=False, **others)
        self.least = least

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return None
        try:
            amount = read_amount(words)
        except NotAnAmount as no:
            raise ValidationError(str(no).rstrip("."), code="invalid") from None
        if abs(amount) > MOST or (self.least is not None and amount < self.least):
            raise ValidationError(f"{self.named} must be {'an amount below a thousand million' if self.least is None or amount > 0 else f'{self.least:,.2f} or more'}", code="invalid")
        return amount


class NumberField(TextField):
    """A number of hours, rooms or days, with a fraction if need be."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return None
        try:
            found = read_amount(words)
        except NotAnAmount:
            raise ValidationError(f"{self.named} must be a number, like 7.5", code="invalid") from None
        if not 0 < found < 10_000_000:
            raise ValidationError(f"{self.named} must be above nothing", code="invalid")
        return found


class SpendForm(Form):
    key = RetryKeyField()
    agency = SelectField(label="Who paid?", empty=None)
    supplier = TextField(label="Who was paid?", max_length=200, missing="Enter who was paid")
    amount = MoneyField(label="Amount without VAT", hint="A minus for money that came back", least=None, missing="Enter the amount")
    paid_on = DateField(label="Day it was paid")
    cost_centre = TextField(label="Cost centre", max_length=120, required=False)
    reference = TextField(label="Invoice or transaction number", max_length=80, required=False)
    description = TextField(label="What for?", hint="Not whom it helped: every partner reads this", max_length=300, required=False)

    def __init__(self, *args: Any, payers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = payers

    def clean_amount(self) -> Decimal:
        amount = self.cleaned_data["amount"]
        if amount == 0:
            raise ValidationError("The amount must not be nothing")
        return amount


class QuestionForm(Form):
    key = RetryKeyField()
    question = LongTextField(label="What do you want to know?", hint="Every partner reads it. Whoever paid has 10 working days", rows=3, max_length=1000, missing="Write what you want to know")


class AnswerForm(Form):
    answer = LongTextField(label="Your answer", hint="Every partner reads it", rows=4, max_length=2000, missing="Write your answer")


class PaperForm(Form):
    paper = UploadField(label="Invoice, receipt or contract", hint="PDF, Word, JPEG, PNG, CSV or text, up to 10 MB", accept=".pdf,.docx,.jpg,.jpeg,.png,.csv,.txt")


class CorrectForm(Form):
    reason = TextField(label="What is wrong with it?", max_length=300, missing="Say what is wrong with it")
    amount = MoneyField(label="The right amount", hint="Leave it empty if nothing should stand there", least=None, required=False)
    cost_centre = TextField(label="The right cost centre", hint="Leave it empty to keep the one it has", max_length=120, required=False)


class AllocateForm(Form):
    """A weight for each objective: 1 and 1 halve it, 3 and 1 give three quarters and one."""

    def __init__(self, *args: Any, objectives: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {f"share_{one.pk}": one.code for one in objectives}
        for one in objectives:
            self.fields[f"share_{one.pk}"] = NumberField(label=f"{one.code}: {one.name}", width=4, required=False, says_optional=False, inputmode="decimal")

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.errors and not any(words.get(name) for name in self.codes):
            raise ValidationError("Give at least one objective a share")
        return words

    @property
    def weights(self) -> dict[str, Decimal]:
        return {code: self.cleaned_data[name] for name, code in self.codes.items() if self.cleaned_data.get(name)}


class PromiseForm(Form):
    key = RetryKeyField()
    agency = SelectField(label="Who puts it in?", empty=None)
    way = RadiosField(label="In which form?", choices=list(WAYS.items()), small=True, initial=Way.CASH.value)
    what = TextField(label="What is it?", hint="For example: a room on Tuesdays, or the yearly contribution", max_length=200, missing="Say what it is")
    amount = MoneyField(label="What it comes to", hint="For hours leave it empty and say how many at which rate", required=False)
    quantity = NumberField(label="How many hours or days?", width=5, inputmode="decimal", required=False)
    rate = MoneyField(label="At which rate?", required=False)
    due_on = DateField(label="By when?")
    fund = SelectField(label="Into which pooled fund?", empty="None", required=False)

    def __init__(self, *args: Any, payers: Choices, funds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = payers
        if funds:
            self.fields["fund"].choices = funds
        else:
            del self.fields["fund"]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not words.get("amount") and not (words.get("quantity") and words.get("rate")) and not {"amount", "quantity", "rate"} & self.errors.keys():
            self.add_error("amount", "Enter what it comes to, or how many at which rate")
        return words


class ReceiptForm(Form):
    key = RetryKeyField()
    amount = MoneyField(label="How much came?", hint="A minus takes back what was noted wrongly", least=None, missing="Enter how much came")
    came_on = DateField(label="When?")


class BudgetForm(Form):
    objective = SelectField(label="For what?", empty=None)
    amount = MoneyField(label="How much was agreed?", least=Decimal("0.00"), missing="Enter how much was agreed")
    reason = TextField(label="Why does it change?", hint="Only if there was a budget before", max_length=300, required=False)

    def __init__(self, *args: Any, objectives: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].choices = [("overheads", "Overheads"), *objectives]


class ObjectiveForm(Form):
    objective = SelectField(label="Which of the partnership's objectives?", empty="None of them", required=False)
    name = TextField(label="What else is it, if none of them?", max_length=200, required=False)
    code = TextField(label="Short code", hint="For example: O1", max_length=40, width=5, missing="Enter a short code")

    def __init__(self, *args: Any, objectives: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {str(pk): title for pk, title in objectives}
        self.fields["objective"].choices = objectives

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not words.get("objective") and not words.get("name") and "objective" not in self.errors:
            self.add_error("objective", "Choose an objective, or say what else it is")
        return words

    @property
    def named(self) -> str:
        return self.titles.get(self.cleaned_data["objective"]) or self.cleaned_data["name"]


class FileForm(Form):
    agency = SelectField(label="Who paid?", empty=None)
    file = UploadField(label="The file", hint="CSV or Excel, as councils publish it: date, supplier, amount, cost centre. Up to 10 MB; larger ones with the command “alongside import spend”", accept=".csv,.xlsx,.xls,.ods,.txt", largest_megabytes=10)
    mapping = LongTextField(label="Columns that go by other names", hint="One on each line: the column, an equals sign, and paid_on, supplier, amount, cost_centre, reference or description", rows=2, max_length=1000, required=False)

    def __init__(self, *args: Any, payers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = payers

    def clean_mapping(self) -> dict[str, str]:
        lines = [line for line in self.cleaned_data["mapping"].splitlines() if line.strip()]
        if any("=" not in line for line in lines):
            raise ValidationError("Write each line like: Payee=supplier")
        return {column.strip(): name.strip() for column, _, name in (line.rpartition("=") for line in lines)}


class PeriodForm(Form):
    name = TextField(label="What is it called?", hint="For example: 2026-27", max_length=60, width=20, missing="Enter what it is called")
    first = DateField(label="First day")
    last = DateField(label="Last day")


class TreasurerForm(Form):
    practitioner = SelectField(label="Who keeps the books beside you?", empty=None)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].choices = people


class BenefitForm(Form):
    key = RetryKeyField()
    benefit = SelectField(label="Which claim of the register is it?", empty="None of them: it goes on the register with this", required=False)
    outcome = TextField(label="What came of it?", hint="For example: fewer nights in hospital. Left empty, the words of the claim stand", max_length=200, required=False)
    is_harm = TickField(label="It is a harm, not a benefit", required=False)
    level = RadiosField(label="For whom?", choices=list(LEVELS.items()), small=True)
    objective = SelectField(label="Of which objective?", empty="None", required=False)
    body = SelectField(label="Whose budget gains or loses?", empty="Nobody's: people themselves", required=False)
    units = WholeNumberField(label="How many were counted?", hint="For example: nights, or people", min_value=0, max_value=100_000_000, width=5, required=False)
    gross = MoneyField(label="What it is said to be worth", least=Decimal("0.00"), required=False)
    corrected = MoneyField(label="What is left after what would have happened anyway", hint="Needed with a comparator. Often much less, sometimes nothing", least=Decimal("0.00"), required=False)
    cashable = TickField(label="A budget can be cut by it", required=False)
    grade = RadiosField(label="How well is it known?", choices=list(GRADES.items()), small=True)
    evidence = LongTextField(label="How is it known?", hint="What was counted, when, compared with whom, and where that can be read", rows=3, max_length=2000, missing="Say how it is known")

    def __init__(self, *args: Any, claims: Choices, objectives: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["benefit"].choices = claims
        self.fields["objective"].choices, self.fields["body"].choices = objectives, bodies

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not words.get("outcome") and not words.get("benefit") and not {"outcome", "benefit"} & self.errors.keys():
            self.add_error("outcome", "Say what came of it, or choose a claim of the register")
        if words.get("grade") in (Grade.MATCHED, Grade.TRIAL) and words.get("gross") is not None and words.get("corrected") is None and "corrected" not in self.errors:
            self.add_error("corrected", "Enter what is left after what would have happened anyway")
        elif words.get("corrected") is not None and "gross" not in self.errors and words["corrected"] > (words.get("gross") or 0):
            self.add_error("corrected", "What is left must not be more than what it is said to be worth")
        return words


class FundForm(Form):
    name = TextField(label="What is it called?", max_length=120, missing="Enter what it is called")
    host = SelectField(label="Who hosts it?", empty=None)
    manager = SelectField(label="Who manages it?", empty=None)

    def __init__(self, *args: Any, hosts: Choices, managers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].choices, self.fields["manager"].choices = hosts, managers
        self.agencies = dict(hosts)
        for agency, name in hosts:
            self.fields[f"share_{agency}"] = NumberField(label=f"Share of {name}, in %", width=4, inputmode="decimal", required=False, says_optional=False)

    @property
    def shares(self) -> dict[int, Decimal]:
        return {agency: self.cleaned_data[f"share_{agency}"] for agency in self.agencies if self.cleaned_data.get(f"share_{agency}")}


class CostCentreForm(Form):
    objective = SelectField(label="What are its lines for?", empty=None)
    fund = SelectField(label="Which pooled fund pays them?", empty="None", required=False)

    def __init__(self, *args: Any, objectives: Choices, funds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].choices = [("none", "No objective yet"), ("overheads", "Overheads"), *objectives]
        self.fields["fund"].choices = funds


class SupplierForm(Form):
    kind = RadiosField(label="Who is it?", choices=[(SupplierKind.ORGANISATION.value, "An organisation: its name is published"), (SupplierKind.INDIVIDUAL.value, "A person: the name is not published")], small=True)
