"""What an issue was made of, and by which program.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_issues", sa.Column("program", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "report_issues", sa.Column("data_hash", sa.String(length=64), nullable=False, server_default="")
    )
    op.create_table(
        "issue_data",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["report_issues.id"], name=op.f("fk_issue_data_issue_id_report_issues")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshots.sha256"], name=op.f("fk_issue_data_snapshot_sha256_snapshots")
        ),
        sa.PrimaryKeyConstraint("issue_id", "name", name=op.f("pk_issue_data")),
    )
