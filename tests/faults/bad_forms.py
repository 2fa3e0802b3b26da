"""Every form that somebody meets, as its page gives it; and all the ways in which what is sent can be wrong."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote_from_bytes, quote_plus, urljoin, urlsplit

from django.apps import apps
from django.db.models import BooleanField
from django.urls import Resolver404, resolve

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
SELECTED = re.compile(r'<option value="([^"]*)"[^>]*\bselected')
FIELD = re.compile(r"<(textarea|select)\b([^>]*)>(.*?)</(?:textarea|select)>|<(input|button)\b([^>]*)>", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
OPTION = re.compile(r'<option\b[^>]*value="([^"]*)"')
LINK = re.compile(r'\bhref="([^"]+)"')
FORMACTION = re.compile(r'\b(?:formaction|hx-post)="([^"]+)"')
ALSO_SENT_TO = ("data-draft-url", "data-two-versions")
LAST = re.compile(r"end|leave|sign-out|hand-over|close|withdraw|discard|sessions|take")
"""Forms that take something away come after the others, which would not find it any more."""
SENTINEL, NUMBER = "MASSASSIGNED", 1987654321

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class FoundForm:
    """One form on one page. `fields` are its fields with a value that somebody might send; `texts` the names of those one types into."""

    route: str
    path: str
    who: str
    fields: tuple[tuple[str, str], ...]
    texts: frozenset[str]

    @property
    def pairs(self) -> Pairs:
        return list(self.fields)

    @property
    def comes_last(self) -> bool:
        return bool(LAST.search(self.route))


@dataclass
class Found:
    """Forms met so far, each once: by where it goes and by the names of its fields."""

    forms: dict[tuple[str, frozenset[str]], FoundForm] = field(default_factory=dict)

    def read(self, page: str, path: str, who: str) -> None:
        for attributes, inside in FORM.findall(page):
            said = dict(ATTRIBUTE.findall(attributes))
            if said.get("method", "get").lower() == "post":
                fields, texts = filled(inside)
                aims = [said.get("action") or path, *(said[name] for name in ALSO_SENT_TO if name in said), *FORMACTION.findall(inside)]
                for aim in aims:
                    self.add(urljoin(path, unescape(aim)), who, fields, texts)

    def add(self, to: str, who: str, fields: Pairs, texts: set[str]) -> None:
        if route := route_of(to):
            self.forms.setdefault((route, frozenset(name for name, _ in fields)), FoundForm(route, to, who, tuple(fields), frozenset(texts)))

    def __iter__(self) -> Iterator[FoundForm]:
        return iter(sorted(self.forms.values(), key=lambda form: (form.comes_last, form.route)))


def links(page: str, path: str) -> list[str]:
    """Where one can go from a page, within the product."""
    return [to for href in LINK.findall(page) if (to := urljoin(path, unescape(href)).partition("#")[0]).startswith("/") and route_of(to)]


def route_of(path: str) -> str:
    try:
        return str(resolve(urlsplit(path).path).route)
    except Resolver404:
        return ""


def filled(inside: str) -> tuple[Pairs, set[str]]:
    """Each field with what is there already, or what somebody might type or choose."""
    pairs: dict[str, str] = {}
    texts: set[str] = set()
    for area, area_attributes, content, one, one_attributes in FIELD.findall(inside):
        tag, attributes = area or one, area_attributes or one_attributes
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        name, kind = said.get("name"), said.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            continue
        if tag == "select":
            chosen = [unescape(value) for value in OPTION.findall(content or "") if value]
            stands = SELECTED.search(content or "")  # what stands is left as it is: a form's own question may open much
            pairs.setdefault(name, unescape(stands[1]) if stands else chosen[0] if chosen else "")
        elif tag == "textarea":
            texts.add(name)
            pairs.setdefault(name, unescape(content or "").strip() or "Words that somebody typed.")
        elif kind in ("radio", "checkbox", "hidden", "submit") or tag == "button":
            pairs.setdefault(name, said.get("value", "on"))
        else:
            texts.add(name)
            pairs.setdefault(name, said.get("value") or {"_day": "14", "_month": "3", "_year": "2026"}.get("_" + name.rpartition("_")[2], "12:30" if "time" in name or name.endswith("_at") else "Some words"))
    return list(pairs.items()), texts


# ── ways to be wrong ─────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = {
    "nul": "before\x00after", "override": "\u202egnp.exe\u202c\u2066", "unseen": "\u200b\u00ad\ufeff", "accents": "Z" + "\u0301" * 500, "markup": "<script>alert(1)</script>{{7*7}}{% x %}", "formula": "=HYPERLINK(1)",
    "sql": "'; DROP TABLE person; --", "percent": "%s %(x)s {0} {x}", "beyond": "\U0010ffff\ufdd0\U000e0001",
}
NUMBERS = ("-1", "0", "99999999999999999999", "1e309", "NaN", "\u0663", "\u00bd", "1" * 5000, "9223372036854775808", "2147483648")
DAYS = (("31", "2", "2026"), ("1", "1", "0000"), ("1", "1", "99999"), ("1", "1", "0001"), ("31", "12", "9999"), ("\u0661", "\u0661", "2026"), ("0", "0", "0"), ("29", "2", "2100"))
BYTES = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc3\x28", b"\x80" * 50, b"%ZZ%", b"\xf4\x90\x80\x80")


def encoded(pairs: Iterable[tuple[str, str | bytes]]) -> str:
    return "&".join(f"{quote_plus(name)}={quote_from_bytes(value) if isinstance(value, bytes) else quote_plus(value, errors='surrogatepass')}" for name, value in pairs)


def wrong_ways(form: FoundForm, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What is wrong, and the body to send."""
    for what, text in TEXTS.items():
        yield f"{what} in every text", encoded((name, text if name in form.texts else value) for name, value in form.pairs)
    for number in NUMBERS:
        yield f"{number[:8]} everywhere", encoded((name, number) for name, _ in form.pairs)
    for days in DAYS:
        parts = dict(zip(("day", "month", "year"), days, strict=True))
        yield f"the day {'/'.join(days)}", encoded((name, parts.get(name.rpartition("_")[2], value)) for name, value in form.pairs)
    for raw in BYTES:
        yield f"bytes {raw[:4]!r}", encoded((name, raw if name in form.texts else value) for name, value in form.pairs)
    for name, _ in form.pairs:
        yield f"no {name}", encoded(pair for pair in form.pairs if pair[0] != name)
        yield f"nul in {name}", encoded((n, "\x00" if n == name else v) for n, v in form.pairs)
        yield f"a lone surrogate in {name}", encoded((n, "\ud800x" if n == name else v) for n, v in form.pairs)
        yield f"{name} is no such thing", encoded((n, "no-such-thing" if n == name else v) for n, v in form.pairs)
        yield f"{name} twice", encoded([*form.pairs, (name, "other"), (name, "")])
    yield "nothing", ""
    yield "no equals sign", "&&&==&a&%00=%00&=x"
    yield "long everywhere", encoded((name, "long " * 2_000) for name, _ in form.pairs)
    if form.texts:
        longest = chance.choice(sorted(form.texts))
        yield f"1 MB in {longest}", encoded((n, "m" * 2**20 if n == longest else v) for n, v in form.pairs)
    yield "2,001 fields", encoded([*form.pairs, *((f"x{place}", "1") for place in range(2_001))])


def every_column(form: FoundForm, forms: Iterable[FoundForm]) -> str:
    """The form as it should be, and beside it every column that no form going there asks for: whoever names one of them changes nothing by it."""
    mine = {name for one in forms if one.route == form.route for name, _ in one.pairs}
    return encoded([*form.pairs, *((name, value) for name, value in COLUMNS.items() if name not in mine)])


def columns() -> dict[str, str]:
    """Each name of a column with a value that can be found again, or that would open something."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for one in model._meta.fields:
            value = "on" if isinstance(one, BooleanField) else str(NUMBER) if one.get_internal_type() in ("AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "ForeignKey", "ArrayField") else SENTINEL
            found |= {one.name: value, one.attname: value}
    return found


COLUMNS = columns()
