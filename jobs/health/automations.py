"""The automations of Prefect's server, kept as a file and applied with the deployments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from connectors.prefect_server import Deployment, PrefectServer
from core.settings import PROJECT

AUTOMATIONS = PROJECT / "deployments" / "automations.yaml"


def keep_automations(
    server: PrefectServer, deployments: Sequence[Deployment], file: Path = AUTOMATIONS
) -> list[str]:
    """Bring the automations of the server to what the file says; those of other names stay as they are.

    Args:
        server: Where they are applied.
        deployments: Those that were applied before; one that an automation runs and that is not among
            them leaves that automation out.
        file: As :file:`deployments/automations.yaml`: what Prefect calls a trigger, and which flow it runs
            with which parameters.

    Returns:
        Their names.

    Raises:
        ScheduleError: The server does not answer, or refuses one.
    """
    by_flow = {deployment.flow: deployment.id for deployment in deployments}
    kept = []
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["automations"]:
        deployment = by_flow.get(entry["run"]["flow"])
        if deployment is not None:
            server.keep_automation(_as_prefect_has_it(entry, deployment))
            kept.append(entry["name"])
    return kept


def _as_prefect_has_it(entry: Mapping[str, Any], deployment: str) -> dict[str, Any]:
    run = {
        "type": "run-deployment",
        "source": "selected",
        "deployment_id": deployment,
        "parameters": entry["run"]["parameters"],
    }
    return {
        "name": entry["name"],
        "description": entry["description"],
        "enabled": True,
        "trigger": entry["trigger"],
        "actions": [run],
        "actions_on_trigger": [],
        "actions_on_resolve": [],
    }
