"""Budget exports: a statement a file, with its rows.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("budget", sa.Text(), nullable=False),
        sa.Column("spent", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fetch_id"], ["fetches.id"], name=op.f("fk_budget_statements_fetch_id_fetches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_statements")),
        sa.UniqueConstraint(
            "agency", "year", "month", "vintage",
            name=op.f("uq_budget_statements_agency_year_month_vintage"),
        ),
    )
    op.create_table(
        "budget_lines",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("budget", sa.Text(), nullable=True),
        sa.Column("initial", sa.Text(), nullable=True),
        sa.Column("revised", sa.Text(), nullable=True),
        sa.Column("spent", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["budget_statements.id"],
            name=op.f("fk_budget_lines_statement_id_budget_statements"),
        ),
        sa.PrimaryKeyConstraint("statement_id", "number", name=op.f("pk_budget_lines")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("budget_lines")
    op.drop_table("budget_statements")
