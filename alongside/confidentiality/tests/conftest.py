from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.confidentiality.tests import ledger_of_its_own
from alongside.confidentiality.tests.ledger_of_its_own import OwnLedger
from tests import databases


@pytest.fixture
def own_ledger(cluster: None, tmp_path: Path) -> Iterator[OwnLedger]:
    """A ledger of one test alone, which may do to it what it likes."""
    name = f"{databases.own_name()}_ledger"
    own = ledger_of_its_own.make(name, tmp_path)
    yield own
    own.close()
    databases.drop(name)
