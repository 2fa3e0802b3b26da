"""What the tests of the gate share: a day, the tables, and any request that the vocabulary can say."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from alongside.cli.scenarios import File, Scenario, read_file
from alongside.confidentiality import facts as words

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
TABLES = sorted((ROOT / "alongside" / "confidentiality" / "golden").glob("*.yaml"))
SHARED = Path(os.environ.get("ALONGSIDE_SHARED") or ROOT.parent / "shared") / "scenarios" / "gate.yaml"

ROWS_OF_CODE = sorted((ROOT / "alongside" / "confidentiality" / "rules").glob("*.py"))

LETS_THROUGH = {"deny": 0, "refer": 0, "permit_part": 1, "permit": 2}
"""How much goes out at once; what is referred waits."""

PROOFS = ("approval_verified", "authority_verified", "order_document_verified", "incident_approved", "end_user_asserted", "scope_specific")
"""Facts that bear a claim out."""


def table(path: Path) -> File:
    return read_file(path.read_bytes(), path.name)


def golden_rows() -> Iterator[tuple[str, Scenario, dict[str, Any]]]:
    """Every row of our own tables with the switches of its table."""
    for path in TABLES:
        file = table(path)
        for row in file.scenarios:
            yield f"{path.stem}: {row.id}", row, dict(file.switches)


def one_of(kind: type[words.Word]) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for word in kind])


def fact_values() -> st.SearchStrategy[dict[str, words.Fact]]:
    numbers = st.sampled_from([0, 1, 3, 4, 5, 12, 49, 50, 51, 400])
    known = {name: st.booleans() if kind is bool else numbers for name, kind in words.KNOWN_FACTS.items()}
    others = {"identity_verified": st.booleans(), "covert_watch": st.booleans(), "difference_with_earlier_report": numbers, "household_note": st.just("something")}
    return st.fixed_dictionaries({}, optional=known | others)


AGREEMENT = st.fixed_dictionaries({"state": one_of(words.AgreementState), "covers_purpose": st.booleans(), "covers_category": st.booleans()})
SOMEBODY = st.fixed_dictionaries(
    {"kind": st.sampled_from(["child", "adult"]), "age": st.none(), "capacity": one_of(words.Capacity), "flags": st.lists(one_of(words.Flag), max_size=3, unique=True)}
)
NOBODY = st.just({"kind": "none", "age": None, "capacity": "unknown", "flags": []})


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Any request in the vocabulary whose facts do not contradict each other, in the words of a scenario file."""
    relation = draw(one_of(words.Relation))
    about_somebody = relation in ("self", "parental_responsibility", "proxy") or draw(st.booleans())
    return {
        "actor": {"agency": draw(one_of(words.Agency)), "role": draw(one_of(words.Role)), "relation": relation},
        "subject": draw(SOMEBODY if about_somebody else NOBODY),
        "item": {"category": draw(one_of(words.Category)), "about": draw(one_of(words.About))},
        "action": {"verb": draw(one_of(words.Verb)), "recipient": draw(st.none() | one_of(words.Recipient)), "channel": draw(st.none() | one_of(words.Channel))},
        "purpose": draw(one_of(words.Purpose)),
        "agreement": draw(AGREEMENT),
        "consent": {"state": draw(one_of(words.ConsentState)), "by": draw(st.sampled_from([None, "person", "parent", "victim", "referrer", "other_parent"]))},
        "claimed_basis": draw(one_of(words.Basis)),
        "need": draw(one_of(words.Need)),
        "risk": {"of_not_acting": draw(one_of(words.RiskOfNotActing)), "of_acting": draw(one_of(words.RiskOfActing))},
        "facts": draw(fact_values()),
    }
