"""Signed copies of issues that came back.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("doubts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["report_issues.id"], name=op.f("fk_signed_copies_issue_id_report_issues")),
        sa.ForeignKeyConstraint(["sha256"], ["snapshots.sha256"], name=op.f("fk_signed_copies_sha256_snapshots")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copies")),
        sa.UniqueConstraint("issue_id", "sha256", name=op.f("uq_signed_copies_issue_id_sha256")),
    )
