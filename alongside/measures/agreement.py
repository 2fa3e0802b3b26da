"""How far two parties agree beyond chance: Cohen's kappa."""

from collections.abc import Sequence


def cohen_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Cohen's kappa of a square table of counts, one party's words in the rows, the other's in the columns; None where chance alone decides.

    Raises `ValueError` for a table that is not square, holds a negative count or is empty.

    Source: Cohen, Educational and Psychological Measurement 20 (1960) 37-46.
    Example:
        >>> round(cohen_kappa([[20, 5], [10, 15]]), 10)
        0.4
    """
    size, total = len(table), sum(map(sum, table))
    if any(len(row) != size or min(row) < 0 for row in table) or total == 0:
        raise ValueError("Kappa needs a square table of counts, not all of them zero.")
    observed = sum(table[place][place] for place in range(size)) / total
    columns = [sum(row[place] for row in table) for place in range(size)]
    chance = sum(sum(row) * column for row, column in zip(table, columns, strict=True)) / total**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
