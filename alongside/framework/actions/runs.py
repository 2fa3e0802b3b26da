"""A test or examination from its start to the reveal of what partners said."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.framework.facts import Answer
from alongside.framework.models import Guidance, Run
from alongside.framework.rules.guidance import text_of
from alongside.framework.rules.significance import depth, significance
from alongside.partnerships.actions.doors import through_the_door


def start_run(*, by: Actor, partnership_id: int, guidance: Guidance, answers: Mapping[str, int], scores_due: datetime, at: datetime, key: uuid.UUID | None = None) -> Run:
    """
    1. What was answered gives the significance, and that how deep it goes.
    2. A potential partnership is tested, an active one examined; one at a time, by the newest guidance.
    3. Each partner gets a sheet for its scores. Sent twice with the same key, it is one run.
    """
    text = text_of(guidance.content)
    total = significance(text, answers)
    words = {
        "partnership": partnership_id, "guidance": guidance.pk, "answers": dict(answers), "significance": total, "depth": depth(text, total), "scores_due": scores_due.isoformat(), "key": key,
    }
    return Run.objects.get(pk=through_the_door(by, "start_run(%s, %s)", dumps(words, default=str), at))


def close_run(*, by: Actor, run_id: int, because: str, at: datetime) -> None:
    """The lead breaks it off, and says why; what was answered stays."""
    through_the_door(by, "close_run(%s, %s, %s)", run_id, because.strip(), at)


def answer_gate(*, by: Actor, run_id: int, gate: str, answer: Answer, evidence: str, at: datetime) -> None:
    """A new answer stands beside the former ones, and counts; the same answer again changes nothing."""
    through_the_door(by, "answer_gate(%s, %s, %s, %s, %s)", run_id, gate, answer.value, evidence.strip(), at)


def save_scores(*, by: Actor, run_id: int, scores: Mapping[str, int | None], at: datetime, notes: Mapping[str, str] | None = None, send_in: bool = False) -> bool:
    """
    1. Whoever speaks for a partner scores, 1 to 4, or says that they cannot say; until the reveal the sheet is theirs alone.
    2. With `send_in` the sheet counts. The last one to come in reveals them all: then the answer is True.
    """
    rows = [{"statement": statement, "value": value, "note": (notes or {}).get(statement, "").strip()} for statement, value in scores.items()]
    return bool(through_the_door(by, "save_scores(%s, %s, %s, %s)", run_id, dumps(rows), send_in, at))
