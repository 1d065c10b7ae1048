"""The tables by which stores know of each other: which codes were given, what has arrived, what was sent."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field

from queue_core.models.base import Base, Json, id_key, json_column, partial, site_key, table

CODED = "origin <> ''"


class Source(Base, table=True):
    """A store from which rows have come, under one of its codes; `origin` is empty for one that keeps a site of its own.

    A row is never removed: that is what keeps a code from being given twice. `upto` is the highest `seq` of its events
    that has arrived.
    """

    __tablename__ = "source"
    __table_args__ = table(
        ForeignKeyConstraint(["site_id"], ["site.site_id"]),
        partial("uq_source_origin", "site_id", "origin", where=CODED, unique=True),
    )
    site_id: str = site_key()
    source: str = Field(primary_key=True, max_length=32)
    origin: str = Field(primary_key=True, max_length=4)
    machine: str = Field(max_length=32)
    given_at: datetime
    last_contact: datetime
    upto: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class MergedVisit(Base, table=True):
    """A visit that has come from another store: `visit_id` there, `here` in this one, and the newest version that was seen.

    The two differ where a counter had called the number before its rows came.
    """

    __tablename__ = "merged_visit"
    __table_args__ = table(
        ForeignKeyConstraint(["site_id", "here"], ["visit.site_id", "visit.visit_id"]),
        Index("ix_merged_visit_here", "site_id", "here"),
    )
    site_id: str = site_key()
    visit_id: str = id_key()
    here: str = Field(max_length=32)
    source: str = Field(max_length=32)
    version: int


class Link(Base, table=True):
    """In a store that sends its rows to another: by which name it is known there, and how far that has come.

    `acknowledged` is the highest `seq` of which all has arrived. `ahead_seconds` is by how much the other's clock is ahead
    of this machine's. `mirrored` is the digest of what was copied from there. `contacts` are the newest meetings,
    `[[seq, moment], …]`: which of this store's events was the newest then, and the other's time.
    """

    __tablename__ = "link"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    source: str = Field(max_length=32)
    acknowledged: int = 0
    last_contact: datetime | None = None
    ahead_seconds: float = 0.0
    mirrored: str = Field(default="", max_length=64)
    contacts: Json = json_column(nullable=True)
