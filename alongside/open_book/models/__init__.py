from alongside.open_book.models.line import LineAllocation, LineDocument, LineQuery, RowLeftOut, SpendBatch, SpendImport, SpendLine, Supplier
from alongside.open_book.models.period import BookEvent, Period, Treasurer
from alongside.open_book.models.plan import Budget, Contribution, CostCentre, CountedBenefit, ObjectiveCode, PooledFund, PooledShare, Receipt

__all__ = [
    "CountedBenefit", "BookEvent", "Budget", "Contribution", "CostCentre", "LineAllocation", "LineDocument", "LineQuery", "ObjectiveCode", "Period", "PooledFund", "PooledShare", "Receipt", "RowLeftOut",
    "SpendBatch", "SpendImport", "SpendLine", "Supplier", "Treasurer",
]
