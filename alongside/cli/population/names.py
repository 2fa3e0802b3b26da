"""Names for people who do not exist, each with the forms under which the finder looks for it."""

from collections.abc import Callable, Iterator

from mimesis import Gender, Person
from mimesis.locales import Locale

from alongside.people.rules.names import NotAName, plain, tidy_name
from alongside.people.rules.sounds import sounds

LOCALES = (Locale.EN_GB, Locale.PL, Locale.TR, Locale.PT, Locale.FR, Locale.CS)
"""The commonest first: names are drawn so that the beginning of a list is met far more often than its end."""

DRAWS = 6_000
SEED = 1989


def given_names(gender: Gender) -> list[str]:
    return _different(lambda person: person.first_name(gender=gender))


def family_names() -> list[str]:
    return _different(lambda person: person.last_name())


def with_its_forms(names: list[str]) -> Iterator[tuple[int, str, str, list[str]]]:
    """Place in the list, the name, its plain form, its sound codes: the finder's own functions make them."""
    for place, name in enumerate(names):
        yield place, name, plain(name), list(sounds([name]))


def _different(draw: Callable[[Person], str]) -> list[str]:
    """Each name once, as the product itself would keep it."""
    kept: dict[str, None] = {}
    for locale in LOCALES:
        person = Person(locale, seed=SEED)
        for _ in range(DRAWS):
            try:
                kept.setdefault(tidy_name(draw(person)))
            except NotAName:
                continue
    return list(kept)
