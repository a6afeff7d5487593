"""By which channel a figure came, and what each look at a source saw.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vintages", sa.Column("channel", sa.String(), nullable=False, server_default="dynamic"))
    op.alter_column("vintages", "var_id", new_column_name="table_id")
    op.add_column("polls", sa.Column("marks", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("polls", sa.Column("announced", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("polls", sa.Column("problems", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("polls", "problems")
    op.drop_column("polls", "announced")
    op.drop_column("polls", "marks")
    op.alter_column("vintages", "table_id", new_column_name="var_id")
    op.drop_column("vintages", "channel")
