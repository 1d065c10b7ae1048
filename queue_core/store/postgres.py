"""PostgreSQL: how it is reached, how long a command may take, and what its errors mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine

from queue_core.errors import QueueError, StoreBusy, StoreDamaged, StoreFull, StoreUnreachable

if TYPE_CHECKING:
    import psycopg

CHANNEL = "queue_core"
"""What feeds listen to. The notification carries nothing: it only says "look again"."""

_BUSY = frozenset({"55P03", "57014", "40P01", "40001"})
"""Lock not available, statement cancelled by its time limit, deadlock, serialization failure."""

_DISK_FULL, _DAMAGED = "53100", frozenset({"XX001", "XX002"})
"""No room left; data or index corrupted."""

_AWAY = ("08", "53", "57P", "58", "28")
"""Connection, resources, shutdown, system error, authorisation: classes of SQLSTATE."""

_CONNECTION: dict[str, Any] = {
    "application_name": "kiosk",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished without a word is noticed within seconds."""


def psycopg_url(url: URL) -> URL:
    """Return the same address for the psycopg driver; `postgresql://` alone would ask for another one."""
    return url.set(drivername="postgresql+psycopg")


def engine(url: URL, busy_seconds: float) -> Engine:
    """Return an engine whose connections give up: on a lock after `busy_seconds`, on a statement soon after."""
    lock = int(busy_seconds * 1000)
    limits = f"-c lock_timeout={lock} -c statement_timeout={lock + 5000} -c idle_in_transaction_session_timeout=15s"
    return create_engine(
        psycopg_url(url),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=busy_seconds,
        connect_args={**_CONNECTION, "options": limits},
    )


def looking(engine: Engine) -> Engine:
    """Return the same engine for reads: all statements of one read see the store at one moment, and none can write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def listen(url: URL) -> psycopg.Connection[Any]:
    """Return a new connection, outside the pool, that hears the notifications. Raises StoreUnreachable."""
    import psycopg

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(address, autocommit=True, **_CONNECTION)
        connection.execute(f"LISTEN {CHANNEL}")
    except psycopg.Error as error:
        raise StoreUnreachable(detail=str(error).strip()) from error
    return connection


def notify(connection: Connection) -> None:
    """Wake the feeds, after the commit: a NOTIFY inside it would queue the commits of all sites behind one lock."""
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    driver.autocommit = True
    try:
        driver.execute(f"NOTIFY {CHANNEL}")
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
