"""A word to the hall: the line of text that a supervisor has the boards show."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("texts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_notice_site_id")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_notice")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("notice")
