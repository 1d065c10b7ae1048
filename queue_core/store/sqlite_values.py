"""What a SQLite file holds as a time, a date or JSON, and is none: then the file is damaged, not the program at fault.

SQLite keeps all three as text and reads them without a look; a bit that turned in one comes out here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Date, DateTime, Dialect, Engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import JSON

Read = Callable[[Any], Any]


class _DateTime(sqlite.DATETIME):
    def bind_processor(self, _dialect: Dialect) -> Read | None:
        return _text_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _proving(super().result_processor(dialect, coltype))


class _Date(sqlite.DATE):
    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _proving(super().result_processor(dialect, coltype))


class _Json(sqlite.JSON):
    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _proving(super().result_processor(dialect, coltype))


def prove_values(engine: Engine) -> None:
    """Let an engine that was not used yet tell text that cannot be read as the driver tells a damaged page."""
    proving = {DateTime: _DateTime, Date: _Date, JSON: _Json}
    engine.dialect.colspecs = {**engine.dialect.colspecs, **proving}


def _text_of(moment: datetime | None) -> str | None:
    """Write a moment as SQLAlchemy does, `2026-11-24 01:02:03.000000`, in a third of the time."""
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _proving(read: Read | None) -> Read | None:
    if read is None:
        return None

    def prove(value: Any) -> Any:
        try:
            return read(value)
        except (ValueError, TypeError) as error:
            damaged = sqlite3.DatabaseError(f"cannot be read: {error}")
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged from error

    return prove
