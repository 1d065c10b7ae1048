"""Statements that were prepared once: the same values, rows, defaults and errors as SQLAlchemy's own way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, event, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from queue_core import Lobby, Store
from queue_core.errors import StoreDamaged
from queue_core.lobby.tables import NUMBER_SERIES, SITE, VISIT
from queue_core.store import prepared
from queue_core.store.quick import QuickConnection
from tests.support.house import SITE as HERE
from tests.support.house import Requests

SITES = select(SITE).where(SITE.c.site_id == bindparam("site"))
SERIES = {"site_id": HERE, "origin": "", "business_date": date(2026, 11, 24)}


def seen(connection: Connection) -> list[str]:
    """Note each statement that SQLAlchemy executes itself."""
    statements: list[str] = []
    event.listen(connection, "before_execute", lambda *given: statements.append(str(given[1])))
    return statements


def test_a_row_is_the_same_in_both_ways(store: Store, lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    for statement in (SITES, select(VISIT).where(VISIT.c.site_id == bindparam("site"))):
        with store.engine().connect() as connection:
            slow = connection.execute(statement, {"site": HERE}).one()
        with store.read() as connection:
            first, second = (connection.execute(statement, {"site": HERE}).one() for _ in range(2))
        assert dict(slow._mapping) == dict(first._mapping) == dict(second._mapping)
        assert [type(value) for value in second] == [type(value) for value in slow]


def test_a_statement_is_prepared_when_it_comes_again(store: Store, lobby: Lobby) -> None:
    statement = select(SITE.c.motto).where(SITE.c.site_id == bindparam("site"))
    with store.read() as connection:
        statements = seen(connection)
        answers = [connection.scalar(statement, {"site": HERE}) for _ in range(3)]
    assert answers == ["Melayani"] * 3
    assert len(statements) == 1


def test_defaults_counts_and_many_rows_at_once(store: Store, lobby: Lobby) -> None:
    begin = insert(NUMBER_SERIES)
    raise_all = (
        update(NUMBER_SERIES).where(NUMBER_SERIES.c.site_id == bindparam("site")).values(last=bindparam("to"))
    )
    with store.write(HERE) as connection:
        for prefix in "ABC":
            connection.execute(begin, {**SERIES, "prefix": prefix, "last": 1})
        for first in "DG":
            rows = [{**SERIES, "prefix": chr(ord(first) + n), "last": 1} for n in range(3)]
            connection.execute(begin, rows)
        assert [connection.execute(raise_all, {"site": HERE, "to": n}).rowcount for n in (2, 3)] == [9, 9]
        assert set(connection.scalars(select(NUMBER_SERIES.c.last))) == {3}


def test_what_is_left_out_has_its_default(store: Store, lobby: Lobby) -> None:
    begin = insert(VISIT)
    with store.write(HERE) as connection:
        for number in (1, 2, 3):
            connection.execute(begin, a_visit(number))
        rows = connection.execute(select(VISIT.c.origin, VISIT.c.journey, VISIT.c.legs)).all()
    assert set(rows) == {("", "", 1)}


def test_a_broken_rule_is_told_as_sqlalchemy_tells_it(store: Store, lobby: Lobby) -> None:
    begin = insert(VISIT)
    with store.write(HERE) as connection:
        connection.execute(begin, a_visit(1))
    for _ in range(2):
        with pytest.raises(StoreDamaged) as told, store.write(HERE) as connection:
            connection.execute(begin, a_visit(1))
        assert isinstance(told.value.__cause__, IntegrityError)
    with store.read() as connection:
        assert connection.scalars(select(VISIT.c.number)).all() == [1]


def test_what_does_not_fit_is_left_to_sqlalchemy(store: Store, lobby: Lobby) -> None:
    listed = select(SITE.c.site_id).where(SITE.c.site_id.in_(bindparam("sites", expanding=True)))
    with store.read() as connection:
        for sites in ([HERE], [HERE, "x"], ["y"]):
            assert connection.scalars(listed, {"sites": sites}).all() == [
                each for each in sites if each == HERE
            ]
        assert connection.scalar(text("SELECT 1")) == 1
        with pytest.raises(Exception, match="required"):
            connection.execute(SITES, {})


def test_statements_that_are_made_anew_are_forgotten(store: Store, lobby: Lobby) -> None:
    def kept() -> int:
        return len(prepared.statements_of(store.engine().dialect))

    with store.read() as connection:
        before = kept()
        for _ in range(50):
            connection.execute(select(SITE.c.motto))
        assert kept() <= before + 1


def test_who_listens_sees_each_statement(store: Store, lobby: Lobby) -> None:
    heard: list[Any] = []
    listener = lambda *given: heard.append(given[2])  # noqa: E731 - to be removed again by name
    event.listen(store.engine(), "before_cursor_execute", listener)
    try:
        with QuickConnection(store.engine()) as connection, connection.begin():
            for _ in range(3):
                connection.execute(SITES, {"site": HERE})
    finally:
        event.remove(store.engine(), "before_cursor_execute", listener)
    assert len([each for each in heard if each.startswith("SELECT")]) == 3


def a_visit(number: int) -> dict[str, object]:
    return {
        "site_id": HERE,
        "visit_id": f"v{number}",
        "business_date": date(2026, 11, 24),
        "prefix": "DK",
        "number": number,
        "label": f"DK {number:03d}",
        "token": f"t{number}",
        "language": "id",
        "priority": False,
        "arrived_at": datetime(2026, 11, 24, 1, tzinfo=UTC),
    }


def test_an_error_is_told_at_the_latest_by_whoever_waits(store: Store, lobby: Lobby) -> None:
    begin, count = insert(VISIT), select(func.count()).select_from(VISIT)
    with store.write(HERE) as connection:
        for number in (1, 2):
            connection.execute(begin, a_visit(number))
            connection.scalar(count)

    def twice() -> None:
        with store.write(HERE) as connection:
            connection.execute(begin, a_visit(3))
            connection.execute(begin, a_visit(2))
            connection.scalar(count)
            pytest.fail("the second was there already")

    with pytest.raises(StoreDamaged) as told:
        twice()
    assert isinstance(told.value.__cause__, IntegrityError)
    with store.write(HERE) as connection:
        assert connection.scalar(count) == 2
        connection.execute(begin, a_visit(4))
    with store.read() as looking:
        assert looking.scalar(count) == 3


def test_the_first_error_is_told_whichever_statement_hears_of_it(store: Store, lobby: Lobby) -> None:
    """What had left after it, the commit, or what is taken back tells nothing of its own, and the next turn works."""
    begin, count = insert(NUMBER_SERIES), select(func.count()).select_from(NUMBER_SERIES)
    again = {**SERIES, "prefix": "A", "last": 1}
    with store.write(HERE) as connection:
        for prefix in "ABC":
            connection.execute(begin, {**again, "prefix": prefix})

    def twice(more: int) -> None:
        with store.write(HERE) as connection:
            connection.execute(begin, again)
            for number in range(more):
                connection.execute(begin, {**again, "prefix": f"D{number}"})
            if more % 2:
                connection.scalar(count)

    for more in range(12):
        with pytest.raises(StoreDamaged) as told:
            twice(more)
        assert isinstance(told.value.__cause__, IntegrityError)
        with store.write(HERE) as connection:
            assert connection.scalar(count) == 3


def test_who_gives_up_is_not_told_of_what_had_left(store: Store, lobby: Lobby) -> None:
    """On SQLite nothing leaves unheard; on PostgreSQL the error of a statement that is taken back is nobody's."""
    begin = insert(NUMBER_SERIES)
    again = {**SERIES, "prefix": "A", "last": 1}
    for prefix in "AB":
        with store.write(HERE) as connection:
            connection.execute(begin, {**again, "prefix": prefix})

    def give_up() -> None:
        with store.write(HERE) as connection:
            connection.execute(begin, again)
            raise KeyError

    with pytest.raises(StoreDamaged if store.is_sqlite else KeyError):
        give_up()
    with store.write(HERE) as connection:
        assert connection.scalar(select(func.count()).select_from(NUMBER_SERIES)) == 2
