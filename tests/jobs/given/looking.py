"""A look at BPS of which nothing is kept."""

from __future__ import annotations

from jobs.bps.keep import recall
from jobs.bps.poll import own_target
from jobs.bps.session import open_client
from jobs.bps.watch import Reading, Sighting, look_at_lists, read_main_tables
from jobs.workspace import Workspace


def look(workspace: Workspace) -> tuple[Sighting, Reading]:
    """What BPS shows and holds, with nothing kept of it."""
    target, today = own_target(workspace), workspace.settings.current_day()
    memory = recall(workspace, target)
    with open_client(workspace) as client:
        sighting = look_at_lists(client, target, memory, today)
        return sighting, read_main_tables(client, sighting, memory)
