"""A synthetic population holds together: access lists follow from relationships, every row points at rows that are there, and asked for again it only grows."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from alongside.cli.population.load import populate
from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.cli.tarnside.setup import set_up
from alongside.common.clock import now
from alongside.confidentiality.ledger import verification
from alongside.confidentiality.ledger.keys import Trust

POINTERS = """
    SELECT format('SELECT count(*) FROM %s x WHERE x.%I IS NOT NULL AND NOT EXISTS (SELECT FROM %s y WHERE y.%I = x.%I)', c.conrelid::regclass, a.attname, c.confrelid::regclass, b.attname, a.attname)
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
     WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_population_holds_together_and_only_grows() -> None:
    set_up(at=now())
    said: list[str] = []
    populate(240, at=now(), say=said.append)
    populate(240, at=now(), say=said.append)
    assert said[-1] == "240 synthetic people are there already."
    populate(300, at=now(), say=said.append)
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name()), autocommit=True) as administrator:
        ask = lambda question: administrator.execute(question).fetchall()  # noqa: E731
        assert ask("SELECT count(*) FROM person WHERE nhs_number IS NULL OR left(nhs_number, 3) = '999'") == ask("SELECT count(*) FROM person")
        assert ask("SELECT count(*) FROM person")[0][0] == 300 + 8
        assert ask("SELECT count(*) FROM stale_acls()") == [(0,)]
        dangling = {question: count for (question,) in ask(POINTERS) if (count := ask(question)[0][0])}
        assert dangling == {}
        assert ask("SELECT count(*) FROM entry")[0][0] > 300
        assert ask("SELECT count(*) FROM partnership WHERE name LIKE '%Together'")[0][0] == 3
        assert verification.verify(administrator, trust=Trust()).findings == []
