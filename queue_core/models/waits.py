"""The tables of what waits have taught, and of how well they were foretold. They tell of nobody."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from queue_core.models.base import Base, Json, json_column, site_key, table


class PastWait(Base, table=True):
    """The newest waits of one line in one band of places: `[[place, minutes], …]`, oldest first, at most `KEPT_CASES`.

    `seq` is at most that of the event with which the row last changed, so that programs read anew only what is new.
    """

    __tablename__ = "past_wait"
    __table_args__ = table(
        ForeignKeyConstraint(["site_id"], ["site.site_id"]), Index("ix_past_wait_seq", "site_id", "seq")
    )
    site_id: str = site_key()
    service: str = Field(primary_key=True, max_length=36)
    band: int = Field(primary_key=True)
    seq: int
    cases: Json = json_column()


class WaitAccuracy(Base, table=True):
    """How many visitors called on a day had been told a wait, of how many it was true, and how many were called sooner."""

    __tablename__ = "wait_accuracy"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    service: str = Field(primary_key=True, max_length=36)
    told: int
    kept: int
    sooner: int
