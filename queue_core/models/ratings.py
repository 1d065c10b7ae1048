"""The table of how visitors found it: sums of a day, which tell of nobody."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from queue_core.models.base import Base, site_key, table


class Rating(Base, table=True):
    """How many visitors of a service gave this score on a day. There is no row for a visitor, and no event."""

    __tablename__ = "rating"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    service: str = Field(primary_key=True, max_length=36)
    score: int = Field(primary_key=True)
    answers: int
