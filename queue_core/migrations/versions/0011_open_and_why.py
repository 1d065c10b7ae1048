"""Open and why: rules beside the weekly hours, orders by hand, quotas, and a clock that staff accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("site", "agency", "service"):
        op.add_column(name, sa.Column("opening", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("site", sa.Column("last_event_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("site", sa.Column("clock_accepts", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "opening_order",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("staff", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_opening_order_site_id")),
        sa.PrimaryKeyConstraint("site_id", "target", name=op.f("pk_opening_order")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quota_use",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_quota_use_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "target", "hour", name=op.f("pk_quota_use")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("quota_use")
    op.drop_table("opening_order")
    op.drop_column("site", "clock_accepts")
    op.drop_column("site", "last_event_at")
    for name in ("service", "agency", "site"):
        op.drop_column(name, "opening")
