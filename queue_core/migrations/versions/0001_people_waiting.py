"""People waiting: sites and their catalogue, visits, tickets, events, paper."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("motto", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("day_starts", sa.String(length=5), nullable=False),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("catalogue_revision", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("max_business_date", sa.Date(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('hall', 'outreach')", name=op.f("ck_site_kind")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agency",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_agency_site_id")),
        sa.PrimaryKeyConstraint("site_id", "code", name=op.f("pk_agency")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff", sa.String(length=64), nullable=False),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('closed', 'open', 'paused')", name=op.f("ck_counter_state")),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_counter_site_id")),
        sa.PrimaryKeyConstraint("site_id", "number", name=op.f("pk_counter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=True),
        sa.Column("ticket_id", sa.String(length=32), nullable=True),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(length=64), nullable=False),
        sa.Column("machine", sa.String(length=32), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("command", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_event_site_id")),
        sa.PrimaryKeyConstraint("site_id", "seq", name=op.f("pk_event")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_event_visit",
        "event",
        ["site_id", "visit_id"],
        unique=False,
        sqlite_where=sa.text("visit_id IS NOT NULL"),
        postgresql_where=sa.text("visit_id IS NOT NULL"),
    )
    op.create_index(
        "uq_event_request",
        "event",
        ["site_id", "request_id"],
        unique=True,
        sqlite_where=sa.text("request_id IS NOT NULL"),
        postgresql_where=sa.text("request_id IS NOT NULL"),
    )
    op.create_table(
        "journey",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("journey_id", sa.String(length=31), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("legs", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_journey_site_id")),
        sa.PrimaryKeyConstraint("site_id", "journey_id", name=op.f("pk_journey")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "machine",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("machine_id", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_machine_site_id")),
        sa.PrimaryKeyConstraint("site_id", "machine_id", name=op.f("pk_machine")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "number_series",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_number_series_site_id")),
        sa.PrimaryKeyConstraint(
            "site_id", "prefix", "origin", "business_date", name=op.f("pk_number_series")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "print_job",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("printer", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("cut_counter", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'sending', 'stub', 'sent', 'printed', 'asking', 'stale', 'failed', 'void')",
            name=op.f("ck_print_job_state"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_print_job_site_id")),
        sa.PrimaryKeyConstraint("site_id", "job_id", name=op.f("pk_print_job")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_print_job_open",
        "print_job",
        ["site_id", "printer", "created_at", "job_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('new', 'sending', 'stub', 'asking', 'stale', 'failed')"),
        postgresql_where=sa.text("state IN ('new', 'sending', 'stub', 'asking', 'stale', 'failed')"),
    )
    op.create_index("ix_print_job_ticket", "print_job", ["site_id", "ticket_id"], unique=False)
    op.create_table(
        "printer",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("printer_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("capabilities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("printed_mm", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_printer_site_id")),
        sa.PrimaryKeyConstraint("site_id", "printer_id", name=op.f("pk_printer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_sign_in_attempts_site_id")),
        sa.PrimaryKeyConstraint("site_id", "subject", name=op.f("pk_sign_in_attempts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('visitor_desk', 'counter', 'supervisor', 'admin')", name=op.f("ck_staff_role")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_staff_site_id")),
        sa.PrimaryKeyConstraint("site_id", "staff_id", name=op.f("pk_staff")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visit",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("journey", sa.String(length=31), nullable=False),
        sa.Column("machine", sa.String(length=32), nullable=False),
        sa.Column("legs", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name=op.f("fk_visit_site_id")),
        sa.PrimaryKeyConstraint("site_id", "visit_id", name=op.f("pk_visit")),
        sa.UniqueConstraint("site_id", "business_date", "token", name="uq_visit_token"),
        sa.UniqueConstraint("site_id", "prefix", "origin", "business_date", "number", name="uq_visit_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visit_label", "visit", ["site_id", "business_date", "label"], unique=False)
    op.create_table(
        "service",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("target_wait_minutes", sa.Integer(), nullable=False),
        sa.Column("requirements", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cost", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("time_limit", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "agency"], ["agency.site_id", "agency.code"], name=op.f("fk_service_site_id_agency")
        ),
        sa.PrimaryKeyConstraint("site_id", "service_id", name=op.f("pk_service")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ticket",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("agency", sa.String(length=4), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("wait_low", sa.Integer(), nullable=True),
        sa.Column("wait_high", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'called', 'serving', 'held', 'completed', 'no_show', 'transferred', 'cancelled', 'expired')",
            name=op.f("ck_ticket_status"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "visit_id"],
            ["visit.site_id", "visit.visit_id"],
            name=op.f("fk_ticket_site_id_visit_id"),
        ),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("site_id", "visit_id", "leg", name="uq_ticket_leg"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_day", "ticket", ["site_id", "business_date", "service"], unique=False)
    op.create_index(
        "ix_ticket_waiting",
        "ticket",
        ["site_id", "business_date", "service", "priority", "waiting_since", "ticket_id"],
        unique=False,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        "uq_ticket_standing",
        "ticket",
        ["site_id", "counter"],
        unique=True,
        sqlite_where=sa.text("status IN ('called', 'serving')"),
        postgresql_where=sa.text("status IN ('called', 'serving')"),
    )
    op.create_table(
        "visit_leg",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'begun', 'dropped')", name=op.f("ck_visit_leg_state")),
        sa.ForeignKeyConstraint(
            ["site_id", "visit_id"],
            ["visit.site_id", "visit.visit_id"],
            name=op.f("fk_visit_leg_site_id_visit_id"),
        ),
        sa.PrimaryKeyConstraint("site_id", "visit_id", "leg", name=op.f("pk_visit_leg")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter_service",
        sa.Column("site_id", sa.String(length=31), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "counter"],
            ["counter.site_id", "counter.number"],
            name=op.f("fk_counter_service_site_id_counter"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "service"],
            ["service.site_id", "service.service_id"],
            name=op.f("fk_counter_service_site_id_service"),
        ),
        sa.PrimaryKeyConstraint("site_id", "counter", "service", name=op.f("pk_counter_service")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("counter_service")
    op.drop_table("visit_leg")
    op.drop_index(
        "uq_ticket_standing",
        table_name="ticket",
        sqlite_where=sa.text("status IN ('called', 'serving')"),
        postgresql_where=sa.text("status IN ('called', 'serving')"),
    )
    op.drop_index(
        "ix_ticket_waiting",
        table_name="ticket",
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.drop_index("ix_ticket_day", table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("service")
    op.drop_index("ix_visit_label", table_name="visit")
    op.drop_table("visit")
    op.drop_table("staff")
    op.drop_table("sign_in_attempts")
    op.drop_table("printer")
    op.drop_index("ix_print_job_ticket", table_name="print_job")
    op.drop_index(
        "ix_print_job_open",
        table_name="print_job",
        sqlite_where=sa.text("state IN ('new', 'sending', 'stub', 'asking', 'stale', 'failed')"),
        postgresql_where=sa.text("state IN ('new', 'sending', 'stub', 'asking', 'stale', 'failed')"),
    )
    op.drop_table("print_job")
    op.drop_table("number_series")
    op.drop_table("machine")
    op.drop_table("journey")
    op.drop_index(
        "uq_event_request",
        table_name="event",
        sqlite_where=sa.text("request_id IS NOT NULL"),
        postgresql_where=sa.text("request_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_event_visit",
        table_name="event",
        sqlite_where=sa.text("visit_id IS NOT NULL"),
        postgresql_where=sa.text("visit_id IS NOT NULL"),
    )
    op.drop_table("event")
    op.drop_table("counter")
    op.drop_table("agency")
    op.drop_table("site")
