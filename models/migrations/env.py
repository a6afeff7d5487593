"""What Alembic runs: migrate on the connection it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from models.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
)
context.run_migrations()
