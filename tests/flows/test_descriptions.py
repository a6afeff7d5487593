"""What the Prefect UI shows of a flow and its form is Indonesian and says something of every field."""

from __future__ import annotations

import importlib
import re

import pytest
import yaml

from core.settings import PROJECT

ENTRYPOINTS = sorted(
    deployment["entrypoint"]
    for deployment in yaml.safe_load((PROJECT / "deployments" / "prefect.yaml").read_text())["deployments"]
)
ENGLISH = re.compile(r"\b(the|when|of|and|its|a person|left out|report is)\b")


@pytest.mark.parametrize("entrypoint", sorted(set(ENTRYPOINTS)))
def test_a_flow_is_described_in_indonesian_with_every_parameter(entrypoint: str) -> None:
    from prefect.utilities.callables import parameter_schema

    file, function = entrypoint.split(":")
    flow = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), function)
    fields = parameter_schema(flow).model_dump_for_openapi()["properties"]
    texts = [flow.description, *(field.get("description") for field in fields.values())]
    assert all(texts)
    assert not any(ENGLISH.search(text) for text in texts)
