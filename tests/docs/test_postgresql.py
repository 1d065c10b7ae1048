"""The guide for PostgreSQL: what it tells people to type is typed here."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from queue_core import Lobby, Store
from tests.support.house import Requests

GUIDE = Path(__file__).parents[2] / "docs" / "postgresql.md"


@pytest.fixture
def store_url(postgres_url: str) -> str:
    """PostgreSQL, of course."""
    return postgres_url


@pytest.mark.postgres
def test_months_as_partitions_are_made_as_the_guide_says_and_the_day_goes_on(
    postgres_url: str, store: Store, lobby: Lobby, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    (ddl,) = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    store.close()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(ddl)
    for _ in range(2):  # the second time is a lost answer asked for again
        assert lobby.issue("DK.ktp", request_id="once").ticket.label == "DK 002"
    for label in ("DK 001", "DK 002"):
        called = lobby.call_next("1", request_id=ask())
        assert called is not None
        assert called.label == label
        lobby.start("1", request_id=ask())
        lobby.complete("1", request_id=ask())
    assert lobby.flaws() == ()
    with psycopg.connect(postgres_url) as connection:
        partitions = connection.execute("SELECT count(*), (SELECT count(*) FROM ticket_2026_11) FROM ticket")
        assert partitions.fetchone() == (2, 2)
        rest = connection.execute(
            "SELECT (SELECT count(*) FROM ticket_rest), (SELECT count(*) FROM event_rest)"
        )
        assert rest.fetchone() == (0, 0)
