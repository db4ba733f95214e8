"""The first tables

Revision ID: 0001
Revises:
Create Date: 2026-11-24

"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute(sa.schema.CreateSequence(sa.Sequence("dossier_reference_numbers")))
    op.create_table(
        "seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_event_id", sa.Integer(), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "district",
                "commune",
                "branch",
                name="level",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "hamlet",
                "school",
                "agency",
                "enterprise",
                "forces",
                name="unitkind",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "area",
            sa.Enum("rural", "urban", name="area", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("is_grassroots", sa.Boolean(), nullable=False),
        sa.Column("is_disadvantaged", sa.Boolean(), nullable=False),
        sa.Column("committee_votes_from", sa.Date(), nullable=True),
        sa.Column("committee_votes_ref", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_units_validity")
        ),
        sa.ForeignKeyConstraint(["district_id"], ["units.id"], name=op.f("fk_units_district_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
    )
    op.create_index(op.f("ix_units_district_id"), "units", ["district_id"], unique=False)
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"], unique=False)
    op.create_index(
        "ix_units_path",
        "units",
        ["path"],
        unique=False,
        postgresql_ops={"path": "text_pattern_ops"},
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "candidate",
                "member",
                "temporarily_out",
                "temporarily_in",
                "residence_guest",
                "working_away",
                "deferred",
                "awaiting_transfer",
                "transferred",
                "suspended",
                "deleted",
                "resigned",
                "expelled",
                "matured",
                "honorary",
                "deceased",
                name="personstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "name_search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', name_key)", persisted=True),
            nullable=True,
        ),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("male", "female", name="sex", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("birth_name", sa.String(), nullable=False),
        sa.Column("other_names", sa.String(), nullable=False),
        sa.Column("home_place", sa.String(), nullable=False),
        sa.Column("residence", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column(
            "schooling",
            sa.Enum(
                "none",
                "primary",
                "lower_secondary",
                "upper_secondary",
                "higher",
                name="schooling",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("professional", sa.String(), nullable=False),
        sa.Column("political_theory", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("been_abroad", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("religion", sa.Text(), nullable=True),
        sa.Column("family_class", sa.Text(), nullable=True),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("citizen_id", sa.Text(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("expelled_on", sa.Date(), nullable=True),
        sa.Column("birth_year_only", sa.Boolean(), nullable=False),
        sa.Column(
            "book",
            sa.Enum(
                "has", "lacks", "lost", "reissued", name="holding", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "card",
            sa.Enum(
                "has", "lacks", "lost", "reissued", name="holding", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "badge",
            sa.Enum(
                "has", "lacks", "lost", "reissued", name="holding", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("has_wage", sa.Boolean(), nullable=False),
        sa.Column("stays_until_35", sa.Boolean(), nullable=False),
        sa.Column("card_number", sa.String(), nullable=True),
        sa.Column("card_issued_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["units.id"], name=op.f("fk_people_district_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_people_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint(
            "district_id", "card_number", name=op.f("uq_people_district_id_card_number")
        ),
    )
    op.create_index(
        "ix_people_district_sort", "people", ["district_id", "sort_key", "id"], unique=False
    )
    op.create_index(
        "ix_people_name_search", "people", ["name_search"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_people_twins", "people", ["district_id", "name_key", "birth_date"], unique=False
    )
    op.create_index("ix_people_unit_sort", "people", ["unit_id", "sort_key", "id"], unique=False)
    op.create_table(
        "training_classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.CheckConstraint("sessions > 0", name=op.f("ck_training_classes_sessions")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_training_classes_dates")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_training_classes_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_training_classes_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_classes")),
    )
    op.create_index(
        "ix_training_classes_unit", "training_classes", ["unit_id", "from_on"], unique=False
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invitation_hash", sa.String(), nullable=True),
        sa.Column("invited_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_accounts_district_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_accounts_invitation_hash")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_index(op.f("ix_accounts_person_id"), "accounts", ["person_id"], unique=False)
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "secretary",
                "deputy",
                "committee_member",
                "officer",
                "administrator",
                "judge",
                name="post",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("stands_in_for_id", sa.Integer(), nullable=True),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_appointments_dates")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_appointments_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["accounts.id"], name=op.f("fk_appointments_appointed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["stands_in_for_id"], ["accounts.id"], name=op.f("fk_appointments_stands_in_for_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_appointments_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(
        "ix_appointments_account", "appointments", ["account_id", "from_on"], unique=False
    )
    op.create_index("ix_appointments_unit", "appointments", ["unit_id", "post"], unique=False)
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("to_commune_id", sa.Integer(), nullable=True),
        sa.Column("to_branch_id", sa.Integer(), nullable=True),
        sa.Column("desk_unit_id", sa.Integer(), nullable=True),
        sa.Column("entered_desk_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_up_by_id", sa.Integer(), nullable=True),
        sa.Column("introduced_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_sections", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("amended_sections", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["units.id"], name=op.f("fk_dossiers_branch_id")),
        sa.ForeignKeyConstraint(["commune_id"], ["units.id"], name=op.f("fk_dossiers_commune_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["accounts.id"], name=op.f("fk_dossiers_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["desk_unit_id"], ["units.id"], name=op.f("fk_dossiers_desk_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_dossiers_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_up_by_id"], ["accounts.id"], name=op.f("fk_dossiers_handed_up_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["introduced_by_id"], ["people.id"], name=op.f("fk_dossiers_introduced_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dossiers_person_id")),
        sa.ForeignKeyConstraint(
            ["to_branch_id"], ["units.id"], name=op.f("fk_dossiers_to_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_commune_id"], ["units.id"], name=op.f("fk_dossiers_to_commune_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("ref", name=op.f("uq_dossiers_ref")),
    )
    op.create_index("ix_dossiers_branch", "dossiers", ["branch_id", "id"], unique=False)
    op.create_index(
        "ix_dossiers_commune_open",
        "dossiers",
        ["commune_id", "entered_desk_at", "id"],
        unique=False,
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.create_index(
        "ix_dossiers_desk",
        "dossiers",
        ["desk_unit_id", "entered_desk_at", "id"],
        unique=False,
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.create_index(
        "ix_dossiers_district_open",
        "dossiers",
        ["district_id", "entered_desk_at", "id"],
        unique=False,
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_dossiers_person_id"), "dossiers", ["person_id"], unique=False)
    op.create_index(
        "ix_dossiers_to_branch",
        "dossiers",
        ["to_branch_id", "id"],
        unique=False,
        postgresql_where=sa.text("to_branch_id IS NOT NULL"),
    )
    op.create_index(
        "ix_dossiers_to_commune",
        "dossiers",
        ["to_commune_id", "id"],
        unique=False,
        postgresql_where=sa.text("to_commune_id IS NOT NULL"),
    )
    op.create_index(
        "uq_dossiers_open_transfer",
        "dossiers",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("workflow = 'transfer' AND desk_unit_id IS NOT NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.PrimaryKeyConstraint("account_id", "place", name=op.f("pk_drafts")),
    )
    op.create_table(
        "dues_exemptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("to_month", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_month >= from_month", name=op.f("ck_dues_exemptions_months")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_dues_exemptions_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_dues_exemptions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_dues_exemptions_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_exemptions")),
    )
    op.create_index(
        "ix_dues_exemptions_person", "dues_exemptions", ["person_id", "from_month"], unique=False
    )
    op.create_table(
        "dues_payments",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("has_wage", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("EXTRACT(DAY FROM month) = 1", name=op.f("ck_dues_payments_month")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_dues_payments_amount")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_dues_payments_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_dues_payments_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_dues_payments_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_dues_payments_unit_id")),
        sa.PrimaryKeyConstraint("person_id", "month", name=op.f("pk_dues_payments")),
    )
    op.create_index("ix_dues_payments_unit", "dues_payments", ["unit_id", "month"], unique=False)
    op.create_table(
        "dues_remittances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_dues_remittances_amount")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["accounts.id"], name=op.f("fk_dues_remittances_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_dues_remittances_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_dues_remittances_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_dues_remittances_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_remittances")),
    )
    op.create_index(
        "ix_dues_remittances_unit", "dues_remittances", ["unit_id", "month"], unique=False
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("on_behalf_of", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_events_actor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_events_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint(
            "subject", "subject_id", "sequence", name=op.f("uq_events_subject_subject_id_sequence")
        ),
    )
    op.create_index(
        "uq_events_request_key",
        "events",
        ["request_key"],
        unique=True,
        postgresql_where=sa.text("request_key IS NOT NULL"),
    )
    op.create_table(
        "group_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sitting", "ceremony", "card_list", name="actkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_group_acts_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_group_acts_made_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_group_acts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_acts")),
        sa.UniqueConstraint("request_key", name=op.f("uq_group_acts_request_key")),
    )
    op.create_index(
        "ix_group_acts_unit", "group_acts", ["unit_id", "kind", "held_on"], unique=False
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received", "previewed", "taken", name="importstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("header", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_imports_account_id")
        ),
        sa.ForeignKeyConstraint(["district_id"], ["units.id"], name=op.f("fk_imports_district_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_imports_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index("ix_imports_unit", "imports", ["unit_id", "received_at"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("branch", "committee", name="body", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("minute_taker", sa.String(), nullable=False),
        sa.Column("guests", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_meetings_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_meetings_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meetings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index("ix_meetings_unit", "meetings", ["unit_id", "held_on"], unique=False)
    op.create_table(
        "staged_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_staged_files_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_files")),
    )
    op.create_index(
        op.f("ix_staged_files_account_id"), "staged_files", ["account_id"], unique=False
    )
    op.create_table(
        "standings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "candidate",
                "member",
                "temporarily_out",
                "temporarily_in",
                "residence_guest",
                "working_away",
                "deferred",
                "awaiting_transfer",
                "transferred",
                "suspended",
                "deleted",
                "resigned",
                "expelled",
                "matured",
                "honorary",
                "deceased",
                name="personstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_standings_dates")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_standings_district_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_standings_person_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_standings_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_standings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standings")),
    )
    op.create_index("ix_standings_person", "standings", ["person_id", "from_on"], unique=False)
    op.create_index(
        "ix_standings_unit", "standings", ["unit_id", "status", "from_on"], unique=False
    )
    op.create_table(
        "unit_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "found",
                "merge",
                "split",
                "rename",
                "close",
                name="changekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_unit_changes_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_unit_changes_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_changes")),
    )
    op.create_index(
        "ix_unit_changes_district", "unit_changes", ["district_id", "on_day"], unique=False
    )
    op.create_table(
        "class_places",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attended >= 0", name=op.f("ck_class_places_attended")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_class_places_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_class_places_dossier_id")
        ),
        sa.PrimaryKeyConstraint("class_id", "dossier_id", name=op.f("pk_class_places")),
    )
    op.create_index("ix_class_places_dossier", "class_places", ["dossier_id"], unique=False)
    op.create_table(
        "group_act_lines",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["group_acts.id"], name=op.f("fk_group_act_lines_act_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_group_act_lines_dossier_id")
        ),
        sa.PrimaryKeyConstraint("act_id", "dossier_id", name=op.f("pk_group_act_lines")),
    )
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "new", "same", "doubtful", "error", name="rowverdict", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_import_rows_person_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_rows")),
    )
    op.create_index(
        "ix_import_rows_verdict", "import_rows", ["import_id", "verdict", "number"], unique=False
    )
    op.create_table(
        "meeting_attendances",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_attendances_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_meeting_attendances_person_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_attendances")),
    )
    op.create_table(
        "meeting_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("spoiled", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "in_favour + against + blank + spoiled = present", name=op.f("ck_meeting_votes_total")
        ),
        sa.CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND blank >= 0 AND spoiled >= 0",
            name=op.f("ck_meeting_votes_counts"),
        ),
        sa.CheckConstraint(
            "present > 0 AND present <= entitled", name=op.f("ck_meeting_votes_roll")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_meeting_votes_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_votes_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_meeting_votes_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_votes")),
        sa.UniqueConstraint(
            "meeting_id",
            "dossier_id",
            "revision",
            name=op.f("uq_meeting_votes_meeting_id_dossier_id_revision"),
        ),
    )
    op.create_index("ix_meeting_votes_dossier", "meeting_votes", ["dossier_id"], unique=False)
    op.create_index(
        "uq_meeting_votes_current",
        "meeting_votes",
        ["meeting_id", "dossier_id"],
        unique=True,
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_memberships_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_memberships_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_memberships_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index("ix_memberships_unit", "memberships", ["unit_id", "from_on"], unique=False)
    op.create_index(
        "uq_memberships_open",
        "memberships",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_papers_dossier_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["accounts.id"], name=op.f("fk_papers_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.create_index("ix_papers_dossier", "papers", ["dossier_id"], unique=False)
    op.create_table(
        "transfers",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("within", "between", "out", "in", name="kind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("temporary", sa.Boolean(), nullable=False),
        sa.Column("destination_id", sa.Integer(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("outside_unit", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("dues_paid_until", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_transfers_dates")
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["units.id"], name=op.f("fk_transfers_destination_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_transfers_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_transfers")),
    )
    op.create_table(
        "unit_change_lines",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("is_after", sa.Boolean(), nullable=False),
        sa.Column("name_then", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["unit_changes.id"], name=op.f("fk_unit_change_lines_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_change_lines_unit_id")
        ),
        sa.PrimaryKeyConstraint(
            "change_id", "unit_id", "is_after", name=op.f("pk_unit_change_lines")
        ),
    )
    op.create_index("ix_unit_change_lines_unit", "unit_change_lines", ["unit_id"], unique=False)
    op.create_table(
        "admissions",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "branch", "grassroots_branch", "no_branch", name="way", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "pioneer",
                "resident",
                "worker",
                "pupil",
                "student",
                "official",
                "soldier",
                name="source",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("twin_reason", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("own_words", sa.String(), nullable=False),
        sa.Column("background_on", sa.Date(), nullable=True),
        sa.Column("custody", sa.Text(), nullable=True),
        sa.Column("custody_note", sa.Text(), nullable=True),
        sa.Column(
            "introducer_kind",
            sa.Enum(
                "member",
                "party_member",
                "federation",
                "student_association",
                "pioneers",
                name="introducerkind",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("introducer_id", sa.Integer(), nullable=True),
        sa.Column("introducer_name", sa.String(), nullable=False),
        sa.Column("together_since", sa.Date(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.Column("self_study_on", sa.Date(), nullable=True),
        sa.Column("self_study_result", sa.String(), nullable=False),
        sa.Column("party_opinion_on", sa.Date(), nullable=True),
        sa.Column("party_opinion", sa.Text(), nullable=True),
        sa.Column("meeting_planned_on", sa.Date(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("new_vote_needed", sa.Boolean(), nullable=False),
        sa.Column("superior_opinion", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ceremony_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_admissions_dossier_id")
        ),
        sa.ForeignKeyConstraint(["helper_id"], ["people.id"], name=op.f("fk_admissions_helper_id")),
        sa.ForeignKeyConstraint(
            ["introducer_id"], ["people.id"], name=op.f("fk_admissions_introducer_id")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["meeting_votes.id"], name=op.f("fk_admissions_vote_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_admissions")),
    )
    _keep_events_as_they_are()


def _keep_events_as_they_are():
    """The database itself refuses to change or remove what was recorded."""
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% on % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    for table in ("events", "seals"):
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade():
    op.drop_table("admissions")
    op.drop_index("ix_unit_change_lines_unit", table_name="unit_change_lines")
    op.drop_table("unit_change_lines")
    op.drop_table("transfers")
    op.drop_index("ix_papers_dossier", table_name="papers")
    op.drop_table("papers")
    op.drop_index(
        "uq_memberships_open", table_name="memberships", postgresql_where=sa.text("to_on IS NULL")
    )
    op.drop_index("ix_memberships_unit", table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(
        "uq_meeting_votes_current",
        table_name="meeting_votes",
        postgresql_where=sa.text("is_current"),
    )
    op.drop_index("ix_meeting_votes_dossier", table_name="meeting_votes")
    op.drop_table("meeting_votes")
    op.drop_table("meeting_attendances")
    op.drop_index("ix_import_rows_verdict", table_name="import_rows")
    op.drop_table("import_rows")
    op.drop_table("group_act_lines")
    op.drop_index("ix_class_places_dossier", table_name="class_places")
    op.drop_table("class_places")
    op.drop_index("ix_unit_changes_district", table_name="unit_changes")
    op.drop_table("unit_changes")
    op.drop_index("ix_standings_unit", table_name="standings")
    op.drop_index("ix_standings_person", table_name="standings")
    op.drop_table("standings")
    op.drop_index(op.f("ix_staged_files_account_id"), table_name="staged_files")
    op.drop_table("staged_files")
    op.drop_index("ix_meetings_unit", table_name="meetings")
    op.drop_table("meetings")
    op.drop_index("ix_imports_unit", table_name="imports")
    op.drop_table("imports")
    op.drop_index("ix_group_acts_unit", table_name="group_acts")
    op.drop_table("group_acts")
    op.drop_index(
        "uq_events_request_key",
        table_name="events",
        postgresql_where=sa.text("request_key IS NOT NULL"),
    )
    op.drop_table("events")
    op.drop_index("ix_dues_remittances_unit", table_name="dues_remittances")
    op.drop_table("dues_remittances")
    op.drop_index("ix_dues_payments_unit", table_name="dues_payments")
    op.drop_table("dues_payments")
    op.drop_index("ix_dues_exemptions_person", table_name="dues_exemptions")
    op.drop_table("dues_exemptions")
    op.drop_table("drafts")
    op.drop_index(
        "uq_dossiers_open_transfer",
        table_name="dossiers",
        postgresql_where=sa.text("workflow = 'transfer' AND desk_unit_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_dossiers_to_branch",
        table_name="dossiers",
        postgresql_where=sa.text("to_branch_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_dossiers_to_commune",
        table_name="dossiers",
        postgresql_where=sa.text("to_commune_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_dossiers_person_id"), table_name="dossiers")
    op.drop_index(
        "ix_dossiers_district_open",
        table_name="dossiers",
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_dossiers_desk",
        table_name="dossiers",
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_dossiers_commune_open",
        table_name="dossiers",
        postgresql_where=sa.text("desk_unit_id IS NOT NULL"),
    )
    op.drop_index("ix_dossiers_branch", table_name="dossiers")
    op.drop_table("dossiers")
    op.drop_index("ix_appointments_unit", table_name="appointments")
    op.drop_index("ix_appointments_account", table_name="appointments")
    op.drop_table("appointments")
    op.drop_index(op.f("ix_accounts_person_id"), table_name="accounts")
    op.drop_table("accounts")
    op.drop_index("ix_training_classes_unit", table_name="training_classes")
    op.drop_table("training_classes")
    op.drop_index("ix_people_unit_sort", table_name="people")
    op.drop_index("ix_people_twins", table_name="people")
    op.drop_index("ix_people_name_search", table_name="people", postgresql_using="gin")
    op.drop_index("ix_people_district_sort", table_name="people")
    op.drop_table("people")
    op.drop_index("ix_units_path", table_name="units", postgresql_ops={"path": "text_pattern_ops"})
    op.drop_index(op.f("ix_units_parent_id"), table_name="units")
    op.drop_index(op.f("ix_units_district_id"), table_name="units")
    op.drop_table("units")
    op.drop_table("seals")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP SEQUENCE dossier_reference_numbers")
