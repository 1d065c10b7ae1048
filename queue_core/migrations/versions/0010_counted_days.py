"""Counted days: the figures of each service and hour, so that years can be added up."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTS = (
    "visits", "priority", "journeys", "journeys_finished", "tickets", "served", "no_show", "cancelled",
    "transferred", "expired", "called", "in_promise", "timed", "waited", "attended",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "counted_day",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_counted_day_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", name=op.f("pk_counted_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hour_count",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("wait_minutes", sa.Text(), nullable=False),
        sa.Column("service_minutes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_hour_count_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "service", "hour", name=op.f("pk_hour_count")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_at", "event", ["site_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_event_at", table_name="event")
    op.drop_table("hour_count")
    op.drop_table("counted_day")
