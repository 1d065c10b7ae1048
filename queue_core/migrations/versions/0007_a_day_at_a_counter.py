"""A day at a counter: its rules, who is away until when, notes, aims, late tickets, and how to take an action back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AWAY = sa.text("status = 'held'")


def upgrade() -> None:
    op.add_column("site", sa.Column("desk", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("counter", sa.Column("undo", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "visit", sa.Column("note", sa.String(length=120), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("ticket", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ticket", sa.Column("aimed", sa.Integer(), nullable=True))
    op.add_column("ticket", sa.Column("restored", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_ticket_away",
        "ticket",
        ["site_id", "held_until"],
        sqlite_where=AWAY,
        postgresql_where=AWAY,
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_away", table_name="ticket")
    for column in ("restored", "aimed", "held_until"):
        op.drop_column("ticket", column)
    op.drop_column("visit", "note")
    op.drop_column("counter", "undo")
    op.drop_column("site", "desk")
