"""``deployments/compose.yaml`` as it is read here, where no Docker is."""

from __future__ import annotations

from typing import Any

import yaml

from core.settings import PROJECT

DEPLOYMENTS = PROJECT / "deployments"


def read_services() -> dict[str, dict[str, Any]]:
    """The services by name, with what they take from each other put in."""
    content = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8"))
    services: dict[str, dict[str, Any]] = content["services"]
    return services


def words_of(service: dict[str, Any]) -> list[str]:
    """What is run: the entrypoint, which is the image's where the service has none, and the command."""
    return [*service.get("entrypoint", ["lkjip"]), *service["command"]]
