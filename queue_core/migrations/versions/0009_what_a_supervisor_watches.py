"""What a supervisor watches and decides: alerts and their limits, moved counters, priority by reason."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_alert_site_id")),
        sa.PrimaryKeyConstraint("site_id", "kind", "subject", name=op.f("pk_alert")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "priority_reason",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_priority_reason_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "reason", name=op.f("pk_priority_reason")),
        sqlite_with_rowid=False,
    )
    op.add_column("site", sa.Column("alerts", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("service", sa.Column("most_waiting", sa.Integer(), nullable=True))
    op.add_column("counter", sa.Column("home", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("counter", "home")
    op.drop_column("service", "most_waiting")
    op.drop_column("site", "alerts")
    op.drop_table("priority_reason")
    op.drop_table("alert")
