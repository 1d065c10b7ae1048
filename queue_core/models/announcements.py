"""The table of calls that were spoken aloud."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from queue_core.models.base import Base, site_key, table


class Announcement(Base, table=True):
    """A call that a board has taken on to speak; `seq` is that of the event which tells of the call."""

    __tablename__ = "announcement"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    seq: int = Field(primary_key=True)
    board: str = Field(max_length=32)
    at: datetime
