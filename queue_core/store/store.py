"""The Store: transactions. Reads do not block, writes to one site come one at a time, waits end."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, RootTransaction, bindparam, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from queue_core import migrations
from queue_core.errors import QueueError, StoreBusy, StoreDamaged, StoreNewer, StoreUnreachable, StoreUnready
from queue_core.models import METADATA
from queue_core.store import postgres, postgres_copies, sqlite, sqlite_copies
from queue_core.store.guards import missing_indexes
from queue_core.store.highwater import HighWater, Reached
from queue_core.store.pipelined import PipelinedConnection
from queue_core.store.quick import QuickConnection
from queue_core.store.same_file import SameFile
from queue_core.store.turns import Turns
from queue_core.store.writers import Writers

if TYPE_CHECKING:
    from queue_core.store.listener import Listener

_log = logging.getLogger(__name__)

_TROUBLE = (PoolTimeout, DBAPIError, sqlite3.Error)
_SITE = METADATA.tables["site"]
_LOCK_SITE = (
    select(_SITE.c.site_id, literal_column(postgres.BEGIN_TURN))
    .where(_SITE.c.site_id == bindparam("site"))
    .with_for_update(key_share=True)  # NO KEY UPDATE: rows that merely point at the site do not wait
)


class Store:
    """One database, opened. Safe to use from several threads; open it after a fork, never before."""

    def __init__(self, url: URL, *, busy_seconds: float) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        """Whether it is one local file."""
        self.busy_seconds = busy_seconds
        self._turns: Turns | None = None
        self._highwater: HighWater | None = None
        self._listener: Listener | None = None
        self._making = Lock()
        self._file = SameFile(self.path, self._let_go) if self.is_sqlite else None
        if self.is_sqlite:
            self._writer, self._reader = sqlite.engines(Path(url.database or ""), busy_seconds)
        else:
            self._writer = postgres.engine(url, busy_seconds)
            self._reader = postgres.looking(self._writer)
        kind = QuickConnection if self.is_sqlite else PipelinedConnection
        self._writers = Writers(lambda: kind(self._writer))

    @property
    def path(self) -> Path:
        """The database file. Raises ValueError on PostgreSQL."""
        if not self.is_sqlite:
            raise ValueError(self.url.render_as_string())
        return Path(self.url.database or "")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look at one moment of the store. Raises StoreBusy, StoreUnreachable."""
        self._prove_file()
        with self._plain_errors(), QuickConnection(self._reader) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, site: str, *, looks_first: bool = False) -> Iterator[QuickConnection]:
        """Change one site: all or nothing, one writer at a time. Raises StoreBusy, StoreUnreachable.

        With `looks_first` the block promises to begin with a look: on PostgreSQL that waits for the turn too, in one trip.
        Commits at the end, unless the block has rolled back by itself because there was nothing to change.
        """
        try:
            with self._turn():
                self._prove_file()
                connection, transaction = self._writers.begun(partial(self._begin, site, looks_first))
                try:
                    with transaction:
                        yield connection
                        changed = transaction.is_active
                        woken = changed and not self.is_sqlite and connection.commit_and(postgres.WAKE)
                    if changed and not woken:
                        self._committed(connection, site)
                    connection.settle()
                except BaseException:
                    connection.close()
                    raise
                self._writers.keep(connection)
        except _TROUBLE as error:
            self._tell(error)
            raise

    def _begin(self, site: str, looks_first: bool, connection: QuickConnection) -> RootTransaction:  # noqa: FBT001
        connection.reached = None
        transaction = connection.begin()
        if not self.is_sqlite:
            ask = connection.send if looks_first else connection.execute
            ask(_LOCK_SITE, {"site": site})
        return transaction

    def reached(self, site: str) -> Reached | None:
        """Return how far the site had come by what was noted after each commit; None where nothing is noted.

        For who has the turn, within `write`.
        """
        return self._highwater.of(site) if self._highwater is not None else None

    def create(self) -> None:
        """Make the store where there is none, or bring an older one to this program's version. Raises StoreDamaged."""
        self._refuse_cut_off()
        if self.is_sqlite:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self.migrate()

    def migrate(self) -> None:
        """Bring the schema to this program's version. Raises StoreNewer."""
        with self._plain_errors(migrating=True), self._turn(), self.engine().connect() as connection:
            if self.is_sqlite:
                self._migrate(connection)
                sqlite.teach_planner(connection)
            else:
                with postgres.migrating(connection):
                    self._migrate(connection)
            connection.commit()

    def _migrate(self, connection: Connection) -> None:
        self._refuse_newer(migrations.current(connection))
        migrations.upgrade(connection)

    def check(self) -> None:
        """Raise StoreUnready, StoreNewer, or StoreDamaged, unless the schema is this program's, and whole."""
        needed, lost = migrations.head(), []
        self._refuse_cut_off()
        if self.is_sqlite and not self.path.exists():
            raise StoreUnready(found="", needed=needed)
        with self.read() as connection:
            found = migrations.current(connection)
            if self.is_sqlite and found == needed:
                lost = sqlite.missing_columns(connection, METADATA)
        self._refuse_newer(found)
        if found != needed:
            raise StoreUnready(found=found, needed=needed)
        if lost:
            raise StoreDamaged(detail=f"not there any more: {', '.join(lost)}")

    def is_old(self) -> bool:
        """Whether there is a store, and `migrate` would change it. Raises StoreNewer."""
        if self.is_sqlite and not self.path.exists():
            return False
        with self.read() as connection:
            found = migrations.current(connection)
        self._refuse_newer(found)
        return found not in {"", migrations.head()}

    def _refuse_cut_off(self) -> None:
        """A store that is half put back, or an empty one in its place, would give numbers out again."""
        if self.is_sqlite:
            half = sqlite_copies.cut_off(self.path)
        else:
            with self.read() as connection:
                half = postgres_copies.cut_off(connection)
        if half:
            where = self.url.render_as_string()
            raise StoreDamaged(detail=f"putting a copy back was cut off; do it again ({where})")

    def _refuse_newer(self, found: str) -> None:
        if found and found not in migrations.known():
            raise StoreNewer(found=found, needed=migrations.head())

    def beside(self, path: Path) -> Store:
        """Return the store in another SQLite file, opened like this one."""
        return Store(self.url.set(database=str(path)), busy_seconds=self.busy_seconds)

    def flaws(self) -> list[str]:
        """Return what the database engine itself finds wrong, and what guards are gone; reads everything.

        PostgreSQL does not read its pages here, see pg_amcheck.
        """
        found: list[str] = []
        try:
            with self.read() as connection:
                if (gone := missing_indexes(connection, METADATA)) or not self.is_sqlite:
                    return [f"index {name} is missing" for name in gone]
                driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
                found = sqlite_copies.integrity(driver)
        except StoreDamaged as error:  # it may not even let itself be opened or closed
            return found or [str(error.data["detail"])]
        return found

    def close(self) -> None:
        """Let go of all connections."""
        if self._listener is not None:
            self._listener.close()
        self._let_go()
        if self._turns is not None:
            self._turns.close()
            self._turns = self._highwater = None

    def _let_go(self) -> None:
        self._writers.let_go()
        self._writer.dispose()
        self._reader.dispose()

    def listener(self) -> Listener:
        """Return what hears of changes for all readers of this store; PostgreSQL only."""
        from queue_core.store.listener import Listener

        with self._making:
            if self._listener is None:
                self._listener = Listener(lambda: postgres.listen(self.url))
            return self._listener

    def engine(self) -> Engine:
        """Return the engine that may write, its only connection free: for tools that look at the store from outside."""
        self._writers.let_go()
        return self._writer

    def _prove_file(self) -> None:
        if self._file is not None:
            self._file.prove()

    def _turn(self) -> AbstractContextManager[object]:
        if not self.is_sqlite:
            return nullcontext()
        if self._turns is None:
            self._turns = self._open_turns()
            self._highwater = HighWater(self._turns.file)
        return self._turns

    def _open_turns(self) -> Turns:
        try:
            return Turns(self.path.with_name(self.path.name + ".lock"), self.busy_seconds)
        except OSError as error:
            raise StoreUnreachable(detail=str(error)) from error

    def _committed(self, connection: QuickConnection, site: str) -> None:
        """On SQLite note how far the site has come, on PostgreSQL wake the feeds; data_version tells by itself."""
        if self.is_sqlite:
            if connection.reached is not None and self._highwater is not None:
                self._highwater.note(site, connection.reached)
            return
        try:
            postgres.notify(connection)
        except Exception:
            _log.warning("could not wake the feeds; they look by themselves soon", exc_info=True)
            connection.invalidate()

    @contextmanager
    def _plain_errors(self, *, migrating: bool = False) -> Iterator[None]:
        """Turn the driver's errors into the few that callers know."""
        try:
            yield
        except _TROUBLE as error:
            self._tell(error, migrating=migrating)
            raise

    def _tell(self, error: Exception, *, migrating: bool = False) -> None:
        """Raise what a driver's error means to callers, if it means anything; the one seam where it happens."""
        if isinstance(error, PoolTimeout):
            raise StoreBusy(seconds=self.busy_seconds) from error
        dialect = sqlite if self.is_sqlite else postgres
        told = error.orig if isinstance(error, DBAPIError) else error
        meaning = dialect.meaning(told, self.busy_seconds)
        if meaning is None and not migrating:
            meaning = self._other_schema()
        if meaning is not None:
            raise meaning from error

    def _other_schema(self) -> QueueError | None:
        """What looks like a fault of this program may be a store that was migrated while it ran."""
        try:
            with self._reader.connect() as connection:
                found, needed = migrations.current(connection), migrations.head()
        except (DBAPIError, PoolTimeout, sqlite3.Error):
            _log.warning("cannot see the version of the store", exc_info=True)
            return None
        if found == needed:
            return None
        kind = StoreUnready if found in {"", *migrations.known()} else StoreNewer
        return kind(found=found, needed=needed)
