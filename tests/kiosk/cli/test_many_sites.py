"""Whatever a command does, each statement names the site of each table: so rows of many sites can lie on many servers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Delete, Engine, Select, Update, event

from tests.support.commands import Kiosk
from tests.support.sites import nameless

Statement = Select[Any] | Update | Delete
WHICH_SITES = "SELECT site.site_id \nFROM site ORDER BY site.site_id"
"""The one statement about all sites of a store: for checks and copies, each of which then takes them one by one."""


@pytest.fixture
def executed() -> Iterator[set[Statement]]:
    """All statements that any store executes from now on."""
    seen: set[Statement] = set()

    def note(_connection: Any, statement: Any, *_: Any) -> None:
        if isinstance(statement, Statement):
            seen.add(statement)

    def watch(*_: Any) -> None:
        """While somebody looks at each, none goes to the driver directly."""

    event.listen(Engine, "before_execute", note)
    event.listen(Engine, "before_cursor_execute", watch)
    yield seen
    event.remove(Engine, "before_execute", note)
    event.remove(Engine, "before_cursor_execute", watch)


def test_every_statement_of_a_day_names_its_sites(kiosk: Kiosk, executed: set[Statement]) -> None:
    for command in (
        "init",
        "simulate --visits 8 --speed max",
        "issue DK.ktp",
        "journey lengkap",
        "ticket DK 001",
        "queues",
        "events",
        "alerts",
        "report",
        "audit",
        "staff",
        "agency",
        "roll",
        "check --store",
        "config diff",
        "close-day",
    ):
        assert kiosk(*command.split()).code in (0, 1, 2), command
    assert len(executed) > 100
    told = {str(statement): nameless(statement) - {"alembic_version"} for statement in executed}
    assert {sql for sql, tables in told.items() if tables} == {WHICH_SITES}
