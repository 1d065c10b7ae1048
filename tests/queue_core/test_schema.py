"""The schema: one on both engines, and what it guards by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from queue_core import Lobby, Store, migrations, open_store
from queue_core.errors import StoreDamaged
from queue_core.lobby.heads import HEADS
from queue_core.lobby.tables import EVENT, NUMBER_SERIES, SITE, TICKET, VISIT
from queue_core.models import METADATA
from tests.support.house import SITE as AULA
from tests.support.house import Requests


def test_the_migrations_lead_to_exactly_the_models(store: Store) -> None:
    with store.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
        assert migrations.current(connection) == migrations.head()


def test_every_key_starts_with_the_site_and_sqlite_keeps_no_second_one() -> None:
    for table in METADATA.tables.values():
        assert next(iter(table.primary_key.columns)).name == "site_id", table.name
        assert table.dialect_options["sqlite"]["with_rowid"] is False, table.name


def test_every_table_is_there_with_its_guards(store: Store) -> None:
    with store.read() as connection:
        inspector = inspect(connection)
        assert set(METADATA.tables) < set(inspector.get_table_names())
        partial = {index["name"]: bool(index["unique"]) for index in inspector.get_indexes("ticket")}
        checks = {check["name"] for check in inspector.get_check_constraints("ticket")}
    assert partial["uq_ticket_standing"]
    assert "ix_ticket_waiting" in partial
    assert "ck_ticket_status" in checks


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(
    store: Store, lobby: Lobby, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    wita = timezone(timedelta(hours=8))
    given = datetime(2026, 11, 24, 0, 10, 0, 123456, tzinfo=wita)
    with store.write(AULA) as connection:
        connection.execute(update(TICKET).values(due_at=given))
    with store.read() as connection:
        back = connection.scalars(select(TICKET.c.due_at)).one()
    assert back == given
    assert (back.tzinfo, back.hour) == (UTC, 16)


def test_a_time_without_a_zone_is_refused(store: Store, lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    with pytest.raises(Exception, match="timezone"), store.write(AULA) as connection:
        connection.execute(update(TICKET).values(due_at=datetime(2026, 11, 24)))


GUARDS: dict[str, Any] = {
    "an unknown status": update(TICKET).values(status="lost"),
    "two visitors at one counter": update(TICKET).values(status="called", counter=1),
    "two tickets of one leg": update(TICKET).values(
        visit_id=select(VISIT.c.visit_id).limit(1).scalar_subquery()
    ),
    "one number twice": update(VISIT).values(number=1),
    "one token twice": update(VISIT).values(token="same"),
    "one request twice": update(EVENT).values(request_id="same"),
    "a site that is not there": insert(NUMBER_SERIES).values(
        site_id="nowhere", prefix="A", origin="", business_date=text("'2026-11-24'"), last=1
    ),
    "an unknown kind of site": update(SITE).values(kind="ship"),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_store_itself_refuses(store: Store, lobby: Lobby, ask: Requests, guard: str) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.issue("DK.ktp", request_id=ask())
    with pytest.raises((IntegrityError, StoreDamaged)), store.write(AULA) as connection:
        connection.execute(GUARDS[guard])


def test_the_waiting_are_found_by_their_own_index(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    compiled = str(HEADS.compile(store.engine()))
    with store.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", ("",) * compiled.count("?")).all()
    store.close()
    steps = [str(row[3]) for row in plan]
    assert sum("ix_ticket_waiting" in step for step in steps) == 2, steps
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in steps), steps


def test_downgrading_takes_everything_away_again(store: Store) -> None:
    with store.engine().connect() as connection:
        command.downgrade(migrations.configuration(connection), "base")
        connection.commit()
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}


def test_a_broken_migration_leaves_the_store_as_it_was(store: Store) -> None:
    def break_off() -> None:
        with store.write(AULA) as connection:
            connection.execute(text("ALTER TABLE site ADD COLUMN extra INTEGER"))
            connection.execute(text("ALTER TABLE no_such_table ADD COLUMN extra INTEGER"))

    with pytest.raises(DBAPIError):
        break_off()
    with store.read() as connection:
        assert "extra" not in {column["name"] for column in inspect(connection).get_columns("site")}


LEAVES_OLD_PROGRAMS_BEHIND: dict[str, str] = {}
"""Revision to the reason why programs of the version before could not go on beside it."""


def test_a_program_of_one_version_behind_can_go_on_writing(tmp_path: Path) -> None:
    """Every step adds: what an older program writes still fits, so a hall's machines need not change in one moment."""
    store = open_store("sqlite:///kiosk.db", base=tmp_path)
    script = ScriptDirectory.from_config(migrations.configuration())
    with store.engine().connect() as connection:
        before: dict[str, dict[str, Any]] = {}
        for step in reversed([each.revision for each in script.walk_revisions()]):
            command.upgrade(migrations.configuration(connection), step)
            inspector = inspect(connection)
            after = {
                table: {column["name"]: column for column in inspector.get_columns(table)}
                for table in inspector.get_table_names()
            }
            if step not in LEAVES_OLD_PROGRAMS_BEHIND:
                for table, columns in before.items():
                    assert_fits(step, table, columns, after.get(table, {}))
            before = after
    store.close()


def assert_fits(step: str, table: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert set(before) <= set(after), f"{step} takes columns of {table} away"
    for name, column in after.items():
        free = column["nullable"] or column["default"] is not None
        assert free or (name in before and not before[name]["nullable"]), f"{step} asks for {table}.{name}"
