"""Paper at hand: pre-printed rolls for a day without a kiosk, and how much a printer's own roll has left."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roll",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_roll_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "prefix", "origin", name=op.f("pk_roll")),
        sqlite_with_rowid=False,
    )
    op.add_column("printer", sa.Column("supply", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("printer", "supply")
    op.drop_table("roll")
