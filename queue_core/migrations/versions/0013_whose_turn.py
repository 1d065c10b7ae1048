"""Whose turn it is, as a site or a counter has it; what ratios and shares must remember."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site", sa.Column("policy", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("counter", sa.Column("policy", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("counter", sa.Column("turns", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("ticket", sa.Column("owed", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("ticket", "owed")
    op.drop_column("counter", "turns")
    op.drop_column("counter", "policy")
    op.drop_column("site", "policy")
