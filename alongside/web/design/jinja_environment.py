"""The template engine: our pages are strict (an unknown name is a bug), the design system's own macros are not, so they live apart."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup

from alongside.common.identifiers import format_nhs_number
from alongside.web.design import formats
from alongside.web.design.rows import as_table, by_due_group, longest
from alongside.web.words import capital, in_words

WEB = Path(__file__).parents[1]


def environment(**options: Any) -> Environment:
    """Django's Jinja2 engine calls this once. A template is named by its path under `alongside/web`: "design/page.jinja"."""
    options |= {
        "loader": FileSystemLoader([WEB, WEB / "sign_in" / "allauth_pages"]),
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": settings.DEBUG,
        "cache_size": -1,
    }
    ours = Environment(**options)
    ours.globals |= {
        "url": address,
        "static": cache(static),  # the same six files on every page
        "component": component,
        "by_due_group": by_due_group,
        "longest": longest,
        "as_table": as_table,
        "plural": formats.plural,
    }
    ours.filters |= {
        "date_words": formats.date_words,
        "banner_date": formats.banner_date,
        "banner_born": formats.banner_born,
        "age": formats.age,
        "time_words": formats.time_words,
        "when_words": formats.when_words,
        "when_short": formats.when_short,
        "due_words": formats.due_words,
        "due_group": formats.due_group,
        "nhs_number": format_nhs_number,
        "sentence_list": formats.sentence_list,
        "plain_number": formats.plain_number,
        "in_words": in_words,
        "capital": capital,
    }
    return ours


def address(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _fixed_address(name)


_fixed_address = cache(reverse)  # the frame of every page asks for the same ones


def component(name: str, /, **params: Any) -> Markup:
    """One macro of the design system, by its own name and with its own parameters: component("button", text="Save")."""
    markup: Markup = _macro(name)(params)
    return markup


@cache
def _macro(name: str) -> Any:
    first, *others = name.split("-")
    module = _design_system().get_template(f"nhsuk/components/{name}/macro.jinja").module
    return getattr(module, first + "".join(word.capitalize() for word in others))


@cache
def _design_system() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
