"""Calls spoken once: which board has taken on to speak which call."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_announcement_site_id")),
        sa.PrimaryKeyConstraint("site_id", "seq", name=op.f("pk_announcement")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("announcement")
