"""What the tables share. Nothing outside queue_core sees a row of them.

Statuses and kinds are stored as their text and guarded by CHECK constraints, since a SQLModel table does not validate
what it is given. Times are aware and come back in UTC on both engines (SQLModel's own UTCDateTime). SQLite's STRICT
tables know only five type names, none of which SQLAlchemy writes for dates or JSON, so the tables are WITHOUT ROWID
but not STRICT.
"""

from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, MetaData, text
from sqlmodel import Field, SQLModel

Json = Any

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Base(SQLModel):
    """What all tables share: their metadata, and WITHOUT ROWID on SQLite (see `table`)."""

    metadata = METADATA
    __tablename__: ClassVar[str]


def table(*parts: object) -> tuple[object, ...]:
    """Return `__table_args__`: constraints, indexes, and WITHOUT ROWID on SQLite."""
    return (*parts, {"sqlite_with_rowid": False})


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Guard a column of text by the values it may hold."""
    return CheckConstraint(f"{column} IN ({quoted(values)})", name=column)


def quoted(values: tuple[str, ...]) -> str:
    """Return values as SQL literals."""
    return ", ".join(f"'{value}'" for value in values)


def site_key() -> Any:
    """The first column of every key."""
    return Field(primary_key=True, max_length=31)


def id_key() -> Any:
    """An id made by the application, see queue_core.ids."""
    return Field(primary_key=True, max_length=32)


def json_column(*, nullable: bool = False) -> Any:
    """Plain JSON; None is stored as NULL, not as the JSON `null`."""
    json = JSON(none_as_null=True)
    if nullable:
        return Field(default=None, sa_type=json, nullable=True)
    return Field(sa_type=json, nullable=False)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the few rows that `where` names; queries must say the same words literally to use it."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
