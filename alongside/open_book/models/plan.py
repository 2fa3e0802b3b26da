from django.db import models

from alongside.open_book.facts import Way


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2, **more)  # type: ignore[arg-type]


class ObjectiveCode(models.Model):
    """What money is for, by a short code that budgets, cost centres and benefits name."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    objective = models.ForeignKey("partnerships.Objective", on_delete=models.PROTECT, null=True, related_name="+", help_text="Which of the partnership's objectives it is; none: something else that money is for.")

    class Meta:
        db_table = "objective_code"
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="objective_code_once"), models.UniqueConstraint(fields=["objective"], name="objective_in_the_books_once")]


class PooledFund(models.Model):
    """Money put together under one host and one manager, with shares that say who bears an overspend (section 75, NHS Act 2006)."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    host = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200, default="Section 75, National Health Service Act 2006")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "pooled_fund"
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="pooled_fund_once")]


class PooledShare(models.Model):
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(PooledFund, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    percent = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        db_table = "pooled_share"
        constraints = [
            models.UniqueConstraint(fields=["fund", "agency"], name="pooled_share_once"),
            models.CheckConstraint(condition=models.Q(percent__gt=0, percent__lte=100), name="pooled_share_is_a_share"),
        ]


class CostCentre(models.Model):
    """Where the payer books a line. Its lines count for its objective unless one is allocated by itself; overheads serve all."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    objective = models.CharField(max_length=40, blank=True)
    overhead = models.BooleanField(default=False)
    fund = models.ForeignKey(PooledFund, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "cost_centre"
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="cost_centre_once")]


class Budget(models.Model):
    """What was agreed to be spent in a period on an objective (none: on overheads). A change is a new row; the newest stands."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="budgets")
    objective = models.CharField(max_length=40, blank=True)
    amount = money()
    reason = models.CharField(max_length=300, blank=True)
    agreed_at = models.DateTimeField()

    class Meta:
        db_table = "budget"
        indexes = [models.Index(fields=["period", "objective", "-id"])]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="budget_is_no_debt")]


class Contribution(models.Model):
    """What a partner said that it would put in, in money or in kind. In kind is a quantity at a rate."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="contributions")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Way])
    what = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    rate = money(null=True)
    amount = money()
    due_on = models.DateField()
    fund = models.ForeignKey(PooledFund, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "contribution"
        indexes = [models.Index(fields=["period", "agency"])]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="contribution_is_something")]


class Receipt(models.Model):
    """What of a contribution came, and when."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="receipts")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    amount = money()
    came_on = models.DateField()
    noted_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "receipt"
        indexes = [models.Index(fields=["contribution"])]


class CountedBenefit(models.Model):
    """What is said to have come of it, for whom, with which evidence, of a claim on the register of benefits and harms. A new judgement is a new row that replaces the former."""

    LEVELS = [("person", "People who are helped"), ("practitioner", "Practitioners"), ("organisation", "Organisations")]

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="+")
    benefit = models.ForeignKey("partnerships.Benefit", on_delete=models.PROTECT, null=True, related_name="+", help_text="The claim on the register; none: from before both were joined.")
    objective = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=200)
    level = models.CharField(max_length=12, choices=LEVELS)
    is_harm = models.BooleanField(default=False)
    body = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Whose budget gains; none: people themselves.")
    gross = money(null=True)
    corrected = money(null=True, help_text="What is left after what would have happened anyway.")
    cashable = models.BooleanField(default=False)
    units = models.IntegerField(null=True, help_text="How many outcomes were counted.")
    grade = models.CharField(max_length=12)
    evidence = models.TextField()
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "counted_benefit"
        indexes = [models.Index(fields=["partnership", "period"])]
        constraints = [models.CheckConstraint(condition=~models.Q(evidence=""), name="benefit_says_how_it_is_known")]
