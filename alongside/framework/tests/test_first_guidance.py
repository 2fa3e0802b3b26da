"""Before there is any guidance, somebody must give the first."""

from datetime import timedelta

import pytest

from alongside.agencies.models import Practitioner
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.framework import actions
from alongside.framework.rules.guidance import editions

DAY = timedelta(days=1)


def test_the_first_version_is_published_by_a_system_owner_where_one_is_named(tarnside: Tarnside) -> None:
    made, at = tarnside, now()
    Practitioner.objects.filter(pk=made.practitioners["owen"].pk).update(system_owner=True)
    words = {"text": editions()["2026"], "what_changed": "First of its kind.", "review_on": (at + DAY).date(), "at": at}
    with made.acting("sunita", at=at) as sunita, pytest.raises(Refused, match="looks after the installation"):
        actions.publish_guidance(by=sunita, **words)
    with made.acting("owen", at=at) as owen:
        assert actions.publish_guidance(by=owen, **words).version == 1
