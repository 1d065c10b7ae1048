"""What a visitor may do on the phone: let others go first, and say how it was; and what is erased in time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = sa.text("token <> visit_id")


def upgrade() -> None:
    op.add_column("visit", sa.Column("stepped_back", sa.Integer(), server_default="0", nullable=False))
    op.add_column("visit", sa.Column("rated", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_visit_token_kept",
        "visit",
        ["site_id", "business_date"],
        sqlite_where=KEPT,
        postgresql_where=KEPT,
    )
    op.create_table(
        "rating",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_rating_site_id")),
        sa.PrimaryKeyConstraint("site_id", "business_date", "service", "score", name=op.f("pk_rating")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("rating")
    op.drop_index("ix_visit_token_kept", table_name="visit")
    op.drop_column("visit", "rated")
    op.drop_column("visit", "stepped_back")
