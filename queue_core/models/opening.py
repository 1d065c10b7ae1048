"""The tables of what supervisors ordered by hand, and of numbers counted against a quota."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from queue_core.models.base import Base, Json, json_column, site_key, table


class Order(Base, table=True):
    """A service (`DK.ktp`), an agency (`DK`) or the whole site (`*`) closed or held open by hand; one each, the newest.

    It lies on top of the catalogue: no new catalogue touches it. What was ordered before is told by the events.
    """

    __tablename__ = "opening_order"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    target: str = Field(primary_key=True, max_length=36)
    opens: bool
    begins_at: datetime
    ends_at: datetime
    reason: Json = json_column(nullable=True)
    staff: str = Field(max_length=64)


class QuotaUse(Base, table=True):
    """How many numbers of a service, an agency or the whole site (`*`) count against its quota.

    `hour` is that of the clock on the site's wall, or -1 for the whole day. A new day or hour is a new row; nothing is reset.
    """

    __tablename__ = "quota_use"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    business_date: date = Field(primary_key=True)
    target: str = Field(primary_key=True, max_length=36)
    hour: int = Field(primary_key=True)
    taken: int
