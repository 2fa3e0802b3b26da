"""What is on record of a forum, as the ladder of participation takes it."""

from collections.abc import Iterable
from datetime import date

from alongside.common.rulebook import rule
from alongside.measures.ladder import Shown
from alongside.voice.facts import PUBLIC_SEATS, Claim, ReplyLog, SeatCount
from alongside.voice.rules.speaking import public_turns

SINCE = date(2026, 1, 1)
MOST_ANSWERED = 0.8


@rule("VCE-020", since=SINCE)
def shown_by_records(log: ReplyLog, sittings: Iterable[SeatCount], claim: Claim | None) -> Shown:
    """What a forum is must be read from its records: what came in, what was answered, who spoke; votes and money count only where public members spoke at a sitting.

    A contribution is what somebody sent, and what public members proposed or handed in at sittings. There is a log of replies where at least four in five of what should have an
    answer by now have one. Whoever organises it says what votes and money public members hold; whether they ever used their place is on record.

    Source: Arnstein, Journal of the American Institute of Planners 35 (1969) 216-224; measure F6b of this product
    Example:
        >>> from alongside.voice.facts import Rung, Seat
        >>> claim = Claim(Rung.PARTNERSHIP, public_votes=4, all_votes=10)
        >>> shown_by_records(ReplyLog(), [SeatCount(Seat.LIVED, (0, 0, 0))], claim).votes, shown_by_records(ReplyLog(), [SeatCount(Seat.LIVED, (3, 0))], claim).votes
        (False, True)
        >>> shown_by_records(ReplyLog(received=12, owed=10, answered=9), [], None).reply_log, shown_by_records(ReplyLog(received=12, owed=10, answered=7), [], None).reply_log
        (True, False)
    """
    public = [one for one in sittings if one.seat in PUBLIC_SEATS]
    spoke, proposed, followed = public_turns(public) > 0, sum(one.proposals for one in public), sum(one.adopted for one in public)
    return Shown(
        informed=True, contributions=log.received + proposed + sum(one.written for one in public), replies=log.answered + followed, adopted=log.adopted + log.partly + followed,
        reply_log=log.owed > 0 and log.answered >= MOST_ANSWERED * log.owed, votes=bool(claim and claim.public_votes and spoke), budget=bool(claim and claim.budget and spoke),
        majority=bool(claim and claim.public_votes * 2 > claim.all_votes and spoke),
    )


def evidence(log: ReplyLog, sittings: Iterable[SeatCount], claim: Claim | None) -> list[str]:
    """What the rung rests on, line by line, in plain words.

    Example:
        >>> evidence(ReplyLog(received=3, owed=2), [], None)[0]
        '3 contributions were sent to it; 0 of the 2 that should have an answer by now have one.'
    """
    public = [one for one in sittings if one.seat in PUBLIC_SEATS]
    spoke = public_turns(public)
    votes = f"Public members hold {claim.public_votes} of {claim.all_votes} votes." if claim and claim.public_votes else "Public members hold no votes."
    return [
        f"{log.received} contributions were sent to it; {log.answered} of the {log.owed} that should have an answer by now have one.",
        f"At sittings on record public members spoke {spoke} times and proposed {sum(one.proposals for one in public)} things, of which {sum(one.adopted for one in public)} were adopted.",
        votes + (" That counts only once they have spoken at a sitting on record." if claim and claim.public_votes and not spoke else ""),
        "Public members decide over money." if claim and claim.budget else "Public members decide over no money.",
    ]
