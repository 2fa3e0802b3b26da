"""What one partner has, another asks for and gets, or hears why not; what somebody learnt on a day with another is read by whom they say."""

from datetime import timedelta

import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.framework.queries import ties
from alongside.partnerships.actions import NotNow
from alongside.trust import actions
from alongside.trust import queries_offers as queries
from alongside.trust.facts import OfferKind, SharedWith

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def room(tarnside: Tarnside) -> int:
    with tarnside.acting("tom", at=now()) as tom:
        words = {"kind": OfferKind.ROOM, "what": "A room for ten", "how_much": "Tuesdays", "until": (now() + 30 * DAY).date()}
        offer = actions.offer_resource(by=tom, partnership_id=tarnside.partnership_id, at=now(), **words)
        assert actions.offer_resource(by=tom, partnership_id=tarnside.partnership_id, at=now(), **words) == offer
    return offer


def asked(tarnside: Tarnside, offer: int, who: str = "amina") -> int:
    with tarnside.acting(who, at=now()) as by:
        return actions.ask_for_offer(by=by, offer_id=offer, what_for="Weighing babies", at=now())


def test_what_is_given_is_a_tie_of_help_and_what_is_not_given_says_why(tarnside: Tarnside, room: int) -> None:
    first, second = asked(tarnside, room), asked(tarnside, room, "lewis")
    with tarnside.acting("grace", at=now()) as grace:
        actions.answer_offer_request(by=grace, request_id=first, given=True, why="", at=now())
        with pytest.raises(NotNow, match="why"):
            actions.answer_offer_request(by=grace, request_id=second, given=False, why=" ", at=now())
        actions.answer_offer_request(by=grace, request_id=second, given=False, why="It is taken", at=now())
        school, nurses = tarnside.agencies["school"].pk, tarnside.agencies["community"].pk
        assert ties(tarnside.partnership_id, since=(now() - DAY).date())["help"] == {(school, nurses): 1}
    with pytest.raises(NotNow, match="answered"), tarnside.acting("grace", at=now()) as grace:
        actions.answer_offer_request(by=grace, request_id=first, given=False, why="After all no", at=now())


def test_only_whoever_offers_answers_and_only_others_ask(tarnside: Tarnside, room: int) -> None:
    with pytest.raises(NotNow, match="your own"):
        asked(tarnside, room, "grace")
    one = asked(tarnside, room)
    with pytest.raises(Refused, match="Whoever offers"), tarnside.acting("lewis", at=now()) as lewis:
        actions.answer_offer_request(by=lewis, request_id=one, given=True, why="", at=now())
    with pytest.raises(NotNow, match="Answer them first"), tarnside.acting("tom", at=now()) as tom:
        actions.withdraw_offer(by=tom, offer_id=room, at=now())


def test_what_was_taken_back_is_not_asked_for(tarnside: Tarnside, room: int) -> None:
    with tarnside.acting("grace", at=now()) as grace:
        actions.withdraw_offer(by=grace, offer_id=room, at=now())
    with pytest.raises(NotNow, match="not on offer"):
        asked(tarnside, room)
    with tarnside.acting("amina", at=now()):
        there, gone = queries.offers(tarnside.partnership_id, day=now().date())
        assert (there, [one.pk for one in gone]) == ([], [room])


@pytest.mark.parametrize(("shared", "readers"), [(SharedWith.NOBODY, {"lewis"}), (SharedWith.HOST, {"lewis", "tom", "grace"}), (SharedWith.PARTNERS, {"lewis", "tom", "grace", "amina", "moira"})])
def test_a_day_with_another_is_read_by_whom_its_writer_says(tarnside: Tarnside, shared: SharedWith, readers: set[str]) -> None:
    with tarnside.acting("lewis", at=now()) as lewis:
        words = {"host_id": tarnside.agencies["school"].pk, "team": "Class four", "on": now().date(), "surprised": "How early it is", "differently": "Ring by eight"}
        day = actions.write_shadowing_day(by=lewis, partnership_id=tarnside.partnership_id, shared_with=shared, at=now(), **words)
    met = set()
    for who in ("lewis", "tom", "grace", "amina", "moira"):
        with tarnside.acting(who, at=now()):
            met |= {who} if queries.shadowing_days(tarnside.partnership_id) else set()
    assert met == readers
    with pytest.raises(Refused, match="Whoever wrote it"), tarnside.acting("moira", at=now()) as moira:
        actions.share_shadowing_day(by=moira, day_id=day, shared_with=SharedWith.PARTNERS)
