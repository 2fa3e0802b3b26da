"""On which rung of Arnstein's ladder a forum stands by what is on record, beside the rung that is claimed for it."""

from datetime import date

from alongside.common.rulebook import rule
from alongside.voice.facts import ReplyLog, Rung

SINCE = date(2026, 1, 1)
MOST_ANSWERED = 0.8


@rule("VCE-020", since=SINCE)
def evidenced_rung(log: ReplyLog, *, public_turns: int = 0, public_votes: int = 0, all_votes: int = 0, budget: bool = False) -> Rung:
    """A forum must not count higher than what is on record of it.

    Votes or money held by public members: partnership; a majority of the votes: delegated power; a majority and the money: citizen control. Votes count only where
    public members spoke at a sitting on record. Otherwise at least four in five contributions answered: placation, since others decide; something heard and not answered:
    consultation; nothing heard: informing. The two lowest rungs are about intent, which no record shows.

    Source: Arnstein, Journal of the American Institute of Planners 35 (1969) 216-224; measure F6b of this product
    Example:
        >>> evidenced_rung(ReplyLog(received=12)).name, evidenced_rung(ReplyLog(received=12, owed=10, answered=9)).name, evidenced_rung(ReplyLog()).name
        ('CONSULTATION', 'PLACATION', 'INFORMING')
        >>> evidenced_rung(ReplyLog(), public_turns=30, public_votes=6, all_votes=10, budget=True).name
        'CITIZEN_CONTROL'
    """
    majority = public_votes * 2 > all_votes
    if public_turns and (public_votes or budget):
        return Rung.CITIZEN_CONTROL if majority and budget else Rung.DELEGATED_POWER if majority else Rung.PARTNERSHIP
    if log.owed and log.answered >= MOST_ANSWERED * log.owed:
        return Rung.PLACATION
    return Rung.CONSULTATION if log.received or public_turns else Rung.INFORMING


def evidence(log: ReplyLog, *, public_turns: int = 0, public_votes: int = 0, all_votes: int = 0, budget: bool = False) -> list[str]:
    """What the rung rests on, line by line, in plain words.

    Example:
        >>> evidence(ReplyLog(received=3, owed=2), public_votes=2, all_votes=9)[0]
        '3 contributions on record; 0 of the 2 that should have an answer by now have one.'
    """
    votes = f"Public members hold {public_votes} of {all_votes} votes." if public_votes else "Public members hold no votes."
    return [
        f"{log.received} contributions on record; {log.answered} of the {log.owed} that should have an answer by now have one.",
        f"Public members spoke {public_turns} times at sittings on record.",
        votes + (" That counts only once a sitting is on record at which they spoke." if public_votes and not public_turns else ""),
        "Public members decide over money." if budget else "Public members decide over no money.",
    ]
