"""The schema's versions, run by the program itself: no alembic.ini, no command line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection whose transaction the caller ends."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


@cache
def head() -> str:
    """Return the version that this program needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


@cache
def known() -> frozenset[str]:
    """Return all versions that this program can bring to its own."""
    return frozenset(each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions())


def current(connection: Connection) -> str:
    """Return the version of a store, `''` when there is none yet."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(connection: Connection) -> None:
    """Bring a store to the newest version, within the caller's transaction."""
    command.upgrade(configuration(connection), "head")
