"""PostgreSQL: how it is reached, how long a command may take, and what its errors mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from queue_core.errors import QueueError, StoreBusy, StoreDamaged, StoreFull, StoreUnreachable
from queue_core.store.json_text import plain_json
from queue_core.store.pipelined import PipelinedConnection
from queue_core.store.quick import QuickConnection

if TYPE_CHECKING:
    import psycopg

CHANNEL = "queue_core"
"""What feeds listen to. The notification carries nothing: it only says "look again"."""
WAKE = f"NOTIFY {CHANNEL}"
"""Said after the commit: inside it, it would queue the commits of all sites behind one lock."""

_BUSY = frozenset({"55P03", "57014", "40P01", "40001"})
"""Lock not available, statement cancelled by its time limit, deadlock, serialization failure."""

_DISK_FULL, _DAMAGED = "53100", frozenset({"XX001", "XX002", "23505"})
"""No room left; data or index corrupted, or a row twice, which with one writer at a time nobody writes."""

_AWAY = ("08", "53", "57P", "58", "28", "25P03")
"""Connection, resources, shutdown, system error, authorisation, a session given up as idle: classes of SQLSTATE."""

ANSWER_SECONDS = 5
"""So long a server may take to accept a connection, and to answer a question that needs no lock: "are you there?"."""
GRACE_SECONDS = 2
"""So long after the server's own time limit for it a statement is given up here."""
MIGRATION_SECONDS = 24 * 3600.0
"""A migration may copy a large table."""

_CONNECTION: dict[str, Any] = {
    "application_name": "kiosk",
    "connect_timeout": ANSWER_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished without a word is noticed within seconds."""

_OTHER_END = {
    "tcp_user_timeout": "10s",
    "tcp_keepalives_idle": "5s",
    "tcp_keepalives_interval": "2s",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "15s",
}
"""The server notices in the same way that a program vanished: else each cut leaves it connections for two hours."""

HOLDER_SECONDS = 3
"""So long a program that has the site's turn may say nothing before the server takes the turn back: its cable may be cut.

Less than a command waits for its turn, so that nobody is refused for a cable that is not their own. A program that is
merely held up for longer is told that the store was away, and does the same again with the same request_id.
"""
BEGIN_TURN = f"set_config('idle_in_transaction_session_timeout', '{HOLDER_SECONDS}s', true)"
"""Until the end of the transaction only: who reads holds nobody up, and may think for longer."""


def psycopg_url(url: URL) -> URL:
    """Return the same address for the psycopg driver; `postgresql://` alone would ask for another one."""
    return url.set(drivername="postgresql+psycopg")


def engine(url: URL, busy_seconds: float) -> Engine:
    """Return an engine whose connections give up: on a lock after `busy_seconds`, on a statement soon after."""
    from queue_core.store.patient import PatientConnection

    lock = int(busy_seconds * 1000)
    limits = {"lock_timeout": lock, "statement_timeout": lock + 5000, **_OTHER_END}
    made = create_engine(
        psycopg_url(url),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=busy_seconds,
        json_serializer=plain_json,
        paramstyle="format",  # values in order, as `prepared` hands them over
        connect_args={**_CONNECTION, "options": _set(limits)},
    )

    @event.listens_for(made, "do_connect")
    def connect(_dialect: Any, _record: Any, positional: Any, named: Any) -> PatientConnection:
        connection = PatientConnection.connect(*positional, **_for_writing(named))
        connection.longest = busy_seconds + 5 + GRACE_SECONDS
        return connection

    @event.listens_for(made, "rollback")
    def rollback(connection: Connection) -> None:
        if isinstance(connection, PipelinedConnection):
            connection.forget()

    return made


def _set(settings: Mapping[str, object]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def options_of(url: URL) -> dict[str, Any]:
    """Return a store's address as libpq's own options: of several servers, the one that takes changes."""
    address = psycopg_url(url)
    _, named = address.get_dialect()().create_connect_args(address)
    return _for_writing(named)


def _for_writing(options: Mapping[str, Any]) -> dict[str, Any]:
    """Of several servers the one that takes changes is meant: after a failover that is the one that was promoted."""
    return {"target_session_attrs": "read-write", **options}


def looking(engine: Engine) -> Engine:
    """Return the same engine for reads: all statements of one read see the store at one moment, and none can write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def listen(url: URL) -> psycopg.Connection[Any]:
    """Return a new connection, outside the pool, that hears the notifications. Raises StoreUnreachable."""
    import psycopg

    from queue_core.store.patient import PatientConnection

    name = {"application_name": f"{_CONNECTION['application_name']} listens"}
    options = {**_CONNECTION, "options": _set(_OTHER_END), **name, "autocommit": True, **options_of(url)}
    try:
        connection = PatientConnection.connect(**options)
        connection.execute(f"LISTEN {CHANNEL}")
    except psycopg.Error as error:
        raise StoreUnreachable(detail=str(error).strip()) from error
    return connection


@contextmanager
def migrating(connection: Connection) -> Iterator[None]:
    """Take turns with whoever migrates as well, and let a statement take as long as a large table needs.

    It still gives up on a lock that a running program holds, so that it never stands in the way of the others.
    """
    driver: Any = connection.connection.driver_connection
    usual, driver.longest = driver.longest, MIGRATION_SECONDS
    try:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('queue_core migrates'))"))
        yield
    finally:
        driver.longest = usual


def notify(connection: QuickConnection) -> None:
    """Wake the feeds, after the commit."""
    driver: psycopg.Connection[Any] = connection.driver
    driver.autocommit = True
    try:
        driver.execute(WAKE)
        connection.settle()
    finally:
        driver.autocommit = False


def meaning(error: BaseException | None, busy_seconds: float) -> QueueError | None:
    """Return what a driver's error means to a caller; None for a fault of the program, which must stay loud."""
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state in _BUSY:
        return StoreBusy(seconds=busy_seconds)
    if state == _DISK_FULL:
        return StoreFull(detail=str(error).strip())
    if state in _DAMAGED:
        return StoreDamaged(detail=str(error).strip())
    lost = isinstance(error, psycopg.OperationalError) and not state
    return StoreUnreachable(detail=str(error).strip()) if lost or state.startswith(_AWAY) else None
