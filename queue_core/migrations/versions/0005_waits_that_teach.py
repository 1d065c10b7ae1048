"""Waits that teach: where a ticket stood, the newest waits of each line, and how well they were foretold."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("place", sa.Integer(), nullable=True))
    op.create_table(
        "past_wait",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("cases", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_past_wait_site_id")),
        sa.PrimaryKeyConstraint("site_id", "service", "band", name=op.f("pk_past_wait")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_past_wait_seq", "past_wait", ["site_id", "seq"])
    op.create_table(
        "wait_accuracy",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("sooner", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_wait_accuracy_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "service", name=op.f("pk_wait_accuracy")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("wait_accuracy")
    op.drop_index("ix_past_wait_seq", table_name="past_wait")
    op.drop_table("past_wait")
    op.drop_column("ticket", "place")
