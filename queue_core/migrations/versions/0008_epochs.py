"""On the day on which a copy was put back, numbers come from a series of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site", sa.Column("epoch_day", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("site", "epoch_day")
