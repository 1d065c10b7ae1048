"""Steps in any order: the stage of each, why one will not happen, and the credit for time spent in the house."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit_leg", sa.Column("stage", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "visit_leg", sa.Column("reason", sa.String(length=8), server_default=sa.text("''"), nullable=False)
    )
    op.execute("UPDATE visit_leg SET stage = leg")  # until now each had its place
    op.execute("UPDATE visit_leg SET reason = 'ended' WHERE state = 'dropped'")
    op.add_column("ticket", sa.Column("credit", sa.Integer(), server_default="0", nullable=False))
    op.add_column("journey", sa.Column("credit_minutes", sa.Integer(), server_default="15", nullable=False))


def downgrade() -> None:
    op.drop_column("journey", "credit_minutes")
    op.drop_column("ticket", "credit")
    op.drop_column("visit_leg", "reason")
    op.drop_column("visit_leg", "stage")
