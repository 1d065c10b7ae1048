"""The tables of counted days: small, so that years can be added up. They tell of nobody."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Text
from sqlmodel import Field

from queue_core.models.base import Base, site_key, table


class CountedDay(Base, table=True):
    """A day that is over and stands in `hour_count`. Without this row it is counted anew by whoever next asks."""

    __tablename__ = "counted_day"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    counted_at: datetime


class HourCount(Base, table=True):
    """The figures (views.Tally) of one service in one local hour of a day.

    `wait_minutes` and `service_minutes` are the whole minutes of each case, separated by spaces: the engines join such
    texts themselves, and the exact median of five years is found by counting words. `weekday` (Monday is 0) follows from
    the date; kept because the engines disagree on how to ask for it.
    """

    __tablename__ = "hour_count"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    service: str = Field(primary_key=True, max_length=36)
    hour: int = Field(primary_key=True)
    weekday: int
    visits: int
    priority: int
    journeys: int
    journeys_finished: int
    tickets: int
    served: int
    no_show: int
    cancelled: int
    transferred: int
    expired: int
    called: int
    in_promise: int
    timed: int
    waited: int
    attended: int
    wait_minutes: str = Field(sa_type=Text)
    service_minutes: str = Field(sa_type=Text)
