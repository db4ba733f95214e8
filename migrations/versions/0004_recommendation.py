"""Recommendation to the Party

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-25 03:00:00

"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "exemplary_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("choice", "handover", name="listkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_exemplary_lists_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_exemplary_lists_made_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_exemplary_lists_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplary_lists")),
    )
    op.create_index("ix_exemplary_lists_unit", "exemplary_lists", ["unit_id", "year"], unique=False)
    op.create_table(
        "exemplary_lines",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_exemplary_lines_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["exemplary_lists.id"], name=op.f("fk_exemplary_lines_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_exemplary_lines_person_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "person_id", name=op.f("pk_exemplary_lines")),
    )
    op.create_table(
        "exemplary_titles",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_exemplary_titles_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_exemplary_titles_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["exemplary_lists.id"], name=op.f("fk_exemplary_titles_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_exemplary_titles_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "year", name=op.f("pk_exemplary_titles")),
    )
    op.create_index(
        "ix_exemplary_titles_dossier", "exemplary_titles", ["dossier_id", "year"], unique=False
    )
    op.create_table(
        "probation_opinions",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("branch", "union", name="side", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("weaknesses", sa.Text(), nullable=True),
        sa.Column("against_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "asked > 0 AND in_favour >= 0 AND against >= 0 AND in_favour + against <= asked",
            name=op.f("ck_probation_opinions_numbers"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_probation_opinions_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "side", name=op.f("pk_probation_opinions")),
    )
    op.create_table(
        "quarter_comments",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("branch", "union", name="side", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_quarter_comments_number")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_quarter_comments_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["accounts.id"], name=op.f("fk_quarter_comments_written_by_id")
        ),
        sa.PrimaryKeyConstraint(
            "dossier_id", "side", "year", "number", name=op.f("pk_quarter_comments")
        ),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_readings_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_readings_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_readings_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint(
            "dossier_id",
            "account_id",
            "read_on",
            name=op.f("uq_readings_dossier_id_account_id_read_on"),
        ),
    )
    op.create_table(
        "recommendations",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("birth_place", sa.String(), nullable=False),
        sa.Column("permanent_address", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("it_skills", sa.String(), nullable=False),
        sa.Column("awards", sa.String(), nullable=False),
        sa.Column("joined_at", sa.String(), nullable=False),
        sa.Column("own_class", sa.Text(), nullable=True),
        sa.Column("wish_on", sa.Date(), nullable=True),
        sa.Column("essay_on", sa.Date(), nullable=True),
        sa.Column("branch_comment", sa.Text(), nullable=True),
        sa.Column("union_work", sa.String(), nullable=False),
        sa.Column("work_results", sa.String(), nullable=False),
        sa.Column("union_comment", sa.Text(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("listed_to", sa.String(), nullable=False),
        sa.Column("prospect_on", sa.Date(), nullable=True),
        sa.Column("prospect_ref", sa.String(), nullable=False),
        sa.Column("class_on", sa.Date(), nullable=True),
        sa.Column("class_ref", sa.String(), nullable=False),
        sa.Column("party_helper", sa.Text(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposal_text", sa.Text(), nullable=True),
        sa.Column("new_vote_needed", sa.Boolean(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("committee_members", sa.Integer(), nullable=True),
        sa.Column("committee_present", sa.Integer(), nullable=True),
        sa.Column("committee_for", sa.Integer(), nullable=True),
        sa.Column("committee_against", sa.Integer(), nullable=True),
        sa.Column("against_reason", sa.Text(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("weaknesses", sa.Text(), nullable=True),
        sa.Column("cell_on", sa.Date(), nullable=True),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("full_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "committee_for + committee_against <= committee_present AND committee_present <= committee_members AND committee_for >= 0 AND committee_against >= 0",
            name=op.f("ck_recommendations_committee"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_recommendations_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["meeting_votes.id"], name=op.f("fk_recommendations_vote_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_recommendations")),
    )
    op.create_index(
        "uq_dossiers_open_recommendation",
        "dossiers",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("workflow = 'recommendation' AND desk_unit_id IS NOT NULL"),
    )


def downgrade():
    op.drop_index(
        "uq_dossiers_open_recommendation",
        table_name="dossiers",
        postgresql_where=sa.text("workflow = 'recommendation' AND desk_unit_id IS NOT NULL"),
    )
    op.drop_table("recommendations")
    op.drop_table("readings")
    op.drop_table("quarter_comments")
    op.drop_table("probation_opinions")
    op.drop_index("ix_exemplary_titles_dossier", table_name="exemplary_titles")
    op.drop_table("exemplary_titles")
    op.drop_table("exemplary_lines")
    op.drop_index("ix_exemplary_lists_unit", table_name="exemplary_lists")
    op.drop_table("exemplary_lists")
