"""The table of what the supervisor has the boards say."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint

from queue_core.models.base import Base, Json, json_column, site_key, table


class Notice(Base, table=True):
    """The line of text of the moment; a site has at most one. `business_date` is the day on which it was written."""

    __tablename__ = "notice"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    texts: Json = json_column()
    business_date: date
    until: datetime | None = None
    set_at: datetime
    staff: str = ""
