"""Stores that meet: kiosks that go on while they are cut off, and days kept elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TOLD = "source IS NOT NULL"
CODED = "origin <> ''"


def upgrade() -> None:
    op.add_column("site", sa.Column("origin", sa.String(length=4), server_default="", nullable=False))
    op.add_column("event", sa.Column("source", sa.String(length=32), nullable=True))
    op.add_column("event", sa.Column("source_seq", sa.Integer(), nullable=True))
    op.create_index(
        "uq_event_source",
        "event",
        ["site_id", "source", "source_seq"],
        unique=True,
        sqlite_where=sa.text(TOLD),
        postgresql_where=sa.text(TOLD),
    )
    op.create_table(
        "source",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("machine", sa.String(length=32), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_contact", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upto", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_source_site_id")),
        sa.PrimaryKeyConstraint("site_id", "source", "origin", name=op.f("pk_source")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_source_origin",
        "source",
        ["site_id", "origin"],
        unique=True,
        sqlite_where=sa.text(CODED),
        postgresql_where=sa.text(CODED),
    )
    op.create_table(
        "merged_visit",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("here", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "here"],
            ["visit.site_id", "visit.visit_id"],
            name=op.f("fk_merged_visit_site_id_here"),
        ),
        sa.PrimaryKeyConstraint("site_id", "visit_id", name=op.f("pk_merged_visit")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merged_visit_here", "merged_visit", ["site_id", "here"], unique=False)
    op.create_table(
        "link",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("acknowledged", sa.Integer(), nullable=False),
        sa.Column("last_contact", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ahead_seconds", sa.Float(), nullable=False),
        sa.Column("mirrored", sa.String(length=64), nullable=False),
        sa.Column("contacts", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_link_site_id")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("link", "merged_visit", "source"):
        op.drop_table(name)
    op.drop_index("uq_event_source", "event")
    op.drop_column("event", "source_seq")
    op.drop_column("event", "source")
    op.drop_column("site", "origin")
