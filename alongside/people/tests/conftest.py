"""Tarnside, set up anew for each test through the product's own actions."""

import pytest

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now


@pytest.fixture
def tarnside(db: None) -> Tarnside:
    return set_up(at=now())
