"""Market prices: what each series is, its readings, and the days that were asked.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("market_name", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_series")),
        sa.UniqueConstraint(
            "source", "region", "market", "item", "name", "unit", "illustrative",
            name=op.f("uq_price_series_source_region_market_item_name_unit_illustrative"),
        ),
    )
    op.create_table(
        "prices",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reading", sa.SmallInteger(), nullable=False),
        sa.Column("price", sa.Text(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["price_series.id"], name=op.f("fk_prices_series_id_price_series")
        ),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetches.id"], name=op.f("fk_prices_fetch_id_fetches")),
        sa.PrimaryKeyConstraint("series_id", "day", "reading", name=op.f("pk_prices")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "price_days",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("observed", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetches.id"], name=op.f("fk_price_days_fetch_id_fetches")),
        sa.PrimaryKeyConstraint("source", "region", "market", "day", name=op.f("pk_price_days")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("price_days")
    op.drop_table("prices")
    op.drop_table("price_series")
