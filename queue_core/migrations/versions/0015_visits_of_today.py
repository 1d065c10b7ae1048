"""Visits of today: found by the small index of tokens that are still known, whatever the years have brought."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEPT = "token <> visit_id"


def upgrade() -> None:
    _index("site_id", "business_date", "visit_id")


def downgrade() -> None:
    _index("site_id", "business_date")


def _index(*columns: str) -> None:
    op.drop_index("ix_visit_token_kept", table_name="visit")
    op.create_index(
        "ix_visit_token_kept",
        "visit",
        list(columns),
        sqlite_where=sa.text(KEPT),
        postgresql_where=sa.text(KEPT),
    )
