"""How old somebody is, and whether the law takes them for a child."""

from datetime import date

ADULT_AT = 18


def age_on(born: date | None, on: date) -> int | None:
    """Whole years, or None when the birth date is not known.

    Example:
        >>> age_on(date(2020, 2, 29), date(2026, 2, 28)), age_on(date(2020, 2, 29), date(2026, 3, 1))
        (5, 6)
    """
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def child_or_adult(age: int | None) -> str:
    """Whoever is under eighteen must be taken for a child; where nobody knows the birth date, for an adult.

    Source: Children Act 1989 s105(1); Family Law Reform Act 1969 s1.

    Example:
        >>> child_or_adult(17), child_or_adult(18), child_or_adult(None)
        ('child', 'adult', 'adult')
    """
    return "child" if age is not None and age < ADULT_AT else "adult"
