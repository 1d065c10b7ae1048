"""The tables of what a supervisor watches and decides: alerts, and how often priority was given for which reason."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from queue_core.models.base import Base, site_key, table


class AlertRow(Base, table=True):
    """An alert as it was last raised. There is one row for each thing that can go wrong, not one for each time."""

    __tablename__ = "alert"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    kind: str = Field(primary_key=True, max_length=16)
    subject: str = Field(primary_key=True, max_length=36)
    raised_at: datetime
    ended_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = Field(default="", max_length=64)


class PriorityReason(Base, table=True):
    """How often priority was given at a counter on a day, by reason. Whose it was is kept nowhere."""

    __tablename__ = "priority_reason"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    reason: str = Field(primary_key=True, max_length=16)
    tickets: int
