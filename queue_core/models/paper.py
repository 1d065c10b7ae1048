"""The tables of paper: what is to be printed, and how the printers are."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from queue_core.models.base import Base, Json, id_key, json_column, one_of, partial, site_key, table

JOB_STATES = ("new", "sending", "stub", "sent", "printed", "asking", "stale", "failed", "void")
"""The values of printers.spool.JobState, which this package may not import; a test of kiosk compares them."""

OPEN_JOBS = "state IN ('new', 'sending', 'stub', 'asking', 'stale', 'failed')"
"""Those that a printer or a person still has to do with."""


class PrintJob(Base, table=True):
    """A slip to print, its frozen facts, and how far it has come."""

    __tablename__ = "print_job"
    __table_args__ = table(
        one_of("state", JOB_STATES),
        ForeignKeyConstraint(["site_id"], ["site.site_id"]),
        Index("ix_print_job_ticket", "site_id", "ticket_id"),
        partial(
            "ix_print_job_open",
            *("site_id", "printer", "created_at", "job_id"),
            where=OPEN_JOBS,
        ),
    )
    site_id: str = site_key()
    job_id: str = id_key()
    printer: str = Field(max_length=32)
    visit_id: str = Field(max_length=32)
    ticket_id: str = Field(max_length=32)
    label: str = Field(max_length=20)
    copy_number: int = 1  # 1 is the original
    state: str = Field(default="new", max_length=8)
    facts: Json = json_column()
    payload: bytes | None = None
    cut_counter: int | None = None
    error: str = ""
    created_at: datetime
    updated_at: datetime


class Printer(Base, table=True):
    """A printer as its spool last reported it.

    `printed_mm` counts paper since the roll was changed; `supply` is what `queue_core.supply` keeps to tell its end.
    """

    __tablename__ = "printer"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    printer_id: str = Field(primary_key=True, max_length=32)
    state: str = Field(max_length=8)
    reason: str = Field(default="", max_length=32)
    holder: str = ""
    seen_at: datetime | None = None
    capabilities: Json = json_column(nullable=True)
    printed_mm: int = 0
    supply: Json = json_column(nullable=True)


class Roll(Base, table=True):
    """A roll of pre-printed numbers that staff hand out while no kiosk works. How far is its number_series' `last`."""

    __tablename__ = "roll"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    prefix: str = Field(primary_key=True, max_length=4)
    origin: str = Field(primary_key=True, max_length=4)
    service: str = Field(max_length=36)
    first: int
    last: int
    started_at: datetime
    stopped_at: datetime | None = None
