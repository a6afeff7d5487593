"""Each recipient of a mail has a state of its own, and a mail says what it failed by.

Revision ID: 0009
Revises: 0008
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BOXES = ("outbox", "trouble_outbox")


def upgrade() -> None:
    for box in BOXES:
        for name in ("standing", "fault", "todo"):
            empty = "{}" if name == "standing" else ""
            kind = sa.Text() if name == "standing" else sa.String()
            op.add_column(box, sa.Column(name, kind, nullable=False, server_default=empty))
        op.add_column(box, sa.Column("lacking", sa.Integer(), nullable=False, server_default="0"))
        _fill(op.get_bind(), box)
        op.drop_column(box, "accepted")
        op.drop_column(box, "refused")
        op.create_index(f"ix_{box}_lacking", box, ["lacking"], unique=False)


def _fill(connection: sa.Connection, box: str) -> None:
    """From what was accepted and refused to how each address stands; what waits goes on waiting.

    A mail that was given up as a whole has its server's words for each of its addresses.
    """
    columns = "id, recipients, accepted, refused, last_error, last_attempt_at, created_at, abandoned_at, sent_at"
    change = sa.text(
        f"UPDATE {box} SET standing = :standing, lacking = :lacking, last_error = :error, fault = :fault"
        " WHERE id = :id"
    )
    for row in connection.execute(sa.text(f"SELECT {columns} FROM {box}")).mappings().all():
        accepted, refused = json.loads(row["accepted"]), json.loads(row["refused"])
        error = _printable(row["last_error"])
        moment = str(row["last_attempt_at"] or row["created_at"]).replace(" ", "T")
        moment += "" if "+" in moment else "+00:00"
        standing = {}
        for address in json.loads(row["recipients"]):
            state, answer = "waiting", ""
            if address in accepted:
                state = "served"
            elif address in refused:
                state, answer = "refused", _printable(refused[address])
            elif row["abandoned_at"] is not None:
                state, answer = "refused", error
            standing[address] = {"state": state, "answer": answer, "at": moment, "by": ""}
        lacking = sum(one["state"] == "refused" for one in standing.values())
        fault = "mail" if error and row["sent_at"] is None else ""
        kept = json.dumps(standing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.execute(
            change, {"standing": kept, "lacking": lacking, "error": error, "fault": fault, "id": row["id"]}
        )


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
