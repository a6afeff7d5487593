"""The Dockerfile and the compose file, as far as they can be checked without Docker."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml
from typer.main import get_command

from commands.main import app
from core.settings import OTHER_NAMES, PROJECT, Settings, load_settings, variable_of
from jobs.health.serving.surroundings import variables
from tests.deployments.given.compose import DEPLOYMENTS, read_services, words_of

DOCKERFILE = (DEPLOYMENTS / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    (found[1], " ".join(found[2].split()))
    for found in re.finditer(r"^([A-Z]+) ((?:.*\\\n)*.*)$", DOCKERFILE.replace("\n \n", "\n"), re.MULTILINE)
]
SERVICES = read_services()
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "lkjip"}
KEYS = {
    "build", "image", "env_file", "environment", "user", "read_only", "tmpfs", "volumes", "cap_drop",
    "cap_add", "security_opt", "restart", "stop_grace_period", "depends_on", "command", "entrypoint",
    "ports", "healthcheck", "deploy", "network_mode",
}  # fmt: skip
SETTINGS = {variable_of(field) for field in Settings.model_fields} | set(OTHER_NAMES)


def instructions(name: str) -> list[str]:
    return [words for instruction, words in INSTRUCTIONS if instruction == name]


def test_the_image_installs_what_is_locked_with_hashes():
    assert instructions("FROM") == ["python:3.11-slim"]
    assert any("--require-hashes -r requirements.lock" in words for words in instructions("RUN"))
    assert not instructions("ADD")


def test_nobody_is_root_in_the_image_and_only_two_places_are_written():
    [user] = instructions("USER")
    assert user == "10001:10001"
    assert "--uid 10001" in " ".join(instructions("RUN"))
    assert instructions("VOLUME") == ["/var/lib/lkjip"]
    written = dict(
        pair.split("=") for words in instructions("ENV") for pair in words.replace("\\ ", "").split()
    )
    assert written["LKJIP_HOME"] == "/var/lib/lkjip"
    assert (written["HOME"], written["PREFECT_HOME"]) == ("/tmp", "/tmp/prefect")
    assert {name for name in written if name.startswith("LKJIP_")} <= SETTINGS


def test_what_the_image_copies_is_there_and_secrets_are_not_among_it():
    for words in instructions("COPY"):
        for source in words.split()[:-1]:
            assert (PROJECT / source).exists()
    assert "**/*.env" in (DEPLOYMENTS / "Dockerfile.dockerignore").read_text().splitlines()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_written_as_compose_reads_it(name: str):
    service = SERVICES[name]
    assert set(service) <= KEYS
    assert service.get("image")
    assert set(service.get("depends_on", ())) <= set(SERVICES)
    if "network_mode" in service:
        assert service["network_mode"].removeprefix("service:") in SERVICES
    for port in service.get("ports", ()):
        assert port.startswith("127.0.0.1:"), "nothing is open to other machines"


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_services_are_rootless_and_write_only_where_they_may(name: str):
    service = OURS[name]
    assert (service["read_only"], service["user"], service["cap_drop"]) == (True, "10001:10001", ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["volumes"] in ([], ["home:/var/lib/lkjip"])


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_commands_exist_with_their_options(name: str):
    words = words_of(OURS[name])
    if words[0] == "prefect":
        assert words[1:3] == ["server", "start"]
        return
    if words[0] == "/bin/sh":
        words = shlex.split(re.findall(r"lkjip [a-z -]+", words[2])[0])
    command = get_command(app).commands[words[1]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words[2:] if word.startswith("--")} <= options


def test_every_setting_that_it_names_exists():
    text = (DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"LKJIP_\w+", text)) <= SETTINGS
    for service in OURS.values():
        load_settings(home="/tmp", **{
            field: service["environment"][variable_of(field)]
            for field in Settings.model_fields
            if variable_of(field) in service["environment"]
        })  # fmt: skip


def test_the_server_is_told_what_serve_tells_it(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    told = variables(load_settings(home="/tmp"), "postgresql+asyncpg://")
    here = SERVICES["prefect"]["environment"]
    secret = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
    assert set(here) == set(told) - {secret}, f"{secret} stands in prefect.env"
    same = set(here) - {"PREFECT_HOME", "PREFECT_UI_STATIC_DIRECTORY"}
    assert {name: here[name] for name in same} == {name: told[name] for name in same}


def test_secrets_stand_in_files_of_their_own_which_git_does_not_take():
    text = (DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"PASSWORD: |://\w+:\w+@", text)
    assert {service["env_file"] for service in SERVICES.values() if "env_file" in service} == {
        "postgres.env", "prefect.env", "lkjip.env",
    }  # fmt: skip
    assert "deployments/*.env" in (PROJECT / ".gitignore").read_text().splitlines()


def test_the_volumes_are_named():
    content: dict[str, Any] = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8"))
    used = {mount.partition(":")[0] for service in SERVICES.values() for mount in service.get("volumes", ())}
    assert {name for name in used if not name.startswith(".")} == set(content["volumes"])
    assert all((DEPLOYMENTS / name).exists() for name in used if name.startswith("."))
