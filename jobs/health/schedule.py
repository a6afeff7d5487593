"""Whether the schedule runs: what is planned, who carries it out, what failed and what hangs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.prefect_server import Deployment, PrefectServer, Run
from core.dates import format_time
from core.errors import ScheduleError
from core.settings import PROJECT, Settings
from jobs.health.deploy import Planned, plan
from jobs.health.troubles import Finding

SERVER = "prefect/server"
MACHINERY = "prefect/"

LATE_AFTER = timedelta(minutes=5)
RUN_LIMIT = timedelta(hours=2)
"""How long a run may take; a deployment says otherwise with a tag such as ``batas 24 jam``."""
TOLD_ELSEWHERE = "Sebagian gagal"
"""The state of a run over many offices of which some failed: each of these is a trouble of its own."""
_LIMIT_TAG = re.compile(r"batas (\d+) jam")


@dataclass(frozen=True)
class Schedule:
    """The schedule as the server has it.

    Attributes:
        planned: Each deployment and when it runs next.
        findings: What is wrong with it.
        looked_at: The beginnings of the keys that could be looked at.
        offices: Office and year of the settings and of each deployment; no year means every open one.
        answered: Whether the server did; if not, nothing but that is known.
    """

    planned: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    looked_at: tuple[str, ...]
    offices: tuple[tuple[str, int | None], ...]
    answered: bool = True


def run_key(flow: str, agency: str, year: int | None) -> str:
    """The key of the trouble that runs of a flow fail; the office may be given by its folder's address."""
    return f"alur/{flow}/{Path(agency).name}/{year or 'semua'}"


def failed_run(flow: str, agency: str, year: int | None, state: str, message: str) -> Finding:
    """The finding that the last run of a flow failed."""
    said = message or "Tanpa penjelasan."
    if state == "Crashed":
        said = (
            "Prosesnya mati sebelum selesai, misalnya karena memori habis atau dihentikan dari luar. "
            f"Kata Prefect: {said}"
        )
    return Finding(
        run_key(flow, agency, year),
        f"Alur {flow} gagal ({Path(agency).name}{', semua tahun' if year is None else f' {year}'})",
        f"{said} (Keadaan akhir di Prefect: {state}.)",
        "lihat jalannya di Prefect; laporan terakhir tetap berlaku, dan jadwal berikut mencoba lagi.",
    )


def look_at_schedule(server: PrefectServer, settings: Settings, now: datetime) -> Schedule:
    """Ask the server about everything that can be wrong with the schedule.

    Args:
        server: Whose deployments are those of this installation.
        settings: Which office and year a deployment without parameters is for.
        now: The real moment: runs are not on the clock of a demonstration.
    """
    try:
        server.check()
        deployments = server.deployments()
        planned = plan(server, deployments, now)
        findings = [
            *_unplanned(planned),
            *_without_program(deployments),
            *_not_carried_out(server, deployments, now),
            *_hanging(server, deployments, now),
        ]
        ended = _last_ended(server, deployments, settings)
    except ScheduleError as error:
        gone = Finding(SERVER, "Server Prefect tidak menjawab", error.message, error.todo)
        return Schedule((), (gone,), (SERVER,), (_office({}, settings),), answered=False)
    findings += [
        finding for run, finding in ended.values() if run.kind != "COMPLETED" and run.state != TOLD_ELSEWHERE
    ]
    offices = dict.fromkeys(
        _office(parameters, settings) for parameters in ({}, *(d.parameters for d in deployments))
    )
    return Schedule(tuple(planned), tuple(findings), (MACHINERY, *ended), tuple(offices))


def _office(parameters: Mapping[str, Any], settings: Settings) -> tuple[str, int | None]:
    """Office and year that runs with ``parameters`` are for; a year that is none is refused by the run."""
    agency, year = parameters.get("agency") or settings.agency, str(parameters.get("year") or "")
    return str(agency), int(year) if year.isdecimal() else settings.year


def _unplanned(planned: Sequence[Planned]) -> list[Finding]:
    if not planned:
        return [
            Finding(
                f"{MACHINERY}jadwal",
                "Belum ada jadwal di server Prefect",
                "Tidak satu pun deployment diterapkan, jadi tidak ada yang berjalan sendiri.",
                "jalankan lkjip deploy.",
            )
        ]
    return [
        Finding(
            f"{MACHINERY}jadwal/{entry.flow}/{entry.name}",
            f"Alur {entry.flow} ({entry.name}) tidak direncanakan",
            "Jadwalnya aktif, tetapi server Prefect tidak merencanakan jalan berikutnya.",
            "jalankan lkjip deploy; bila tetap begitu, lihat catatan server (log/prefect.log di LKJIP_HOME).",
        )
        for entry in planned
        if entry.scheduled and entry.next_run is None
    ]


def _without_program(deployments: Sequence[Deployment]) -> list[Finding]:
    """Deployments whose file or function an upgrade of the program has moved: their runs crash at once."""
    return [
        Finding(
            f"{MACHINERY}entrypoint/{d.flow}/{d.name}",
            f"Alur {d.flow} ({d.name}) menunjuk program yang sudah tidak ada",
            f"Server Prefect masih memakai {d.entrypoint}, yang tidak ada lagi dalam program ini.",
            "jalankan lkjip deploy, seperti sesudah setiap pembaruan program.",
        )
        for d in deployments
        if d.scheduled and d.entrypoint and not _exists(d.entrypoint)
    ]


def _exists(entrypoint: str) -> bool:
    file, _, function = entrypoint.partition(":")
    try:
        program = (PROJECT / file).read_text(encoding="utf-8")
    except OSError:
        return False
    return re.search(rf"^(async )?def {re.escape(function)}\(", program, re.MULTILINE) is not None


def _not_carried_out(
    server: PrefectServer, deployments: Sequence[Deployment], now: datetime
) -> list[Finding]:
    """Deployments without a pool, pools that no worker polls, runs that a polling worker does not take up."""
    findings = [
        Finding(
            f"{MACHINERY}kolam/{d.flow}/{d.name}",
            f"Alur {d.flow} ({d.name}) tidak mempunyai kolam kerja",
            "Jadwalnya aktif, tetapi kolam kerjanya sudah dihapus, jadi tidak ada yang melaksanakannya.",
            "jalankan lkjip deploy.",
        )
        for d in deployments
        if d.scheduled and not d.work_pool
    ]
    for pool in dict.fromkeys(d.work_pool for d in deployments if d.scheduled and d.work_pool):
        if not server.polls(pool):
            findings.append(
                Finding(
                    f"{MACHINERY}pekerja/{pool}",
                    f"Tidak ada pekerja untuk kolam {pool}",
                    "Jadwal tetap direncanakan, tetapi tidak ada yang melaksanakannya.",
                    "periksa layanannya: systemctl status lkjip.",
                )
            )
            continue
        own = [d for d in deployments if d.work_pool == pool]
        late = server.late(own, now - LATE_AFTER)
        if late and late[0].expected_at:
            findings.append(
                Finding(
                    f"{MACHINERY}terlambat/{pool}",
                    f"Jalan yang direncanakan tidak dimulai (kolam {pool})",
                    f"{len(late)} jalan terlambat; yang pertama seharusnya mulai "
                    f"{format_time(late[0].expected_at)}.",
                    "lihat catatan pekerja (log/pekerja.log di LKJIP_HOME); mulai lagi: "
                    "systemctl restart lkjip.",
                )
            )
    return findings


def _hanging(server: PrefectServer, deployments: Sequence[Deployment], now: datetime) -> list[Finding]:
    by_id = {d.id: d for d in deployments}
    findings = []
    for run in server.unended(deployments):
        deployment = by_id[run.deployment_id]
        began, limit = run.started_at or run.expected_at, _limit(deployment)
        if began is not None and now - began > limit:
            hours = round(limit.total_seconds() / 3600)
            findings.append(
                Finding(
                    f"{MACHINERY}berjalan/{run.id}",
                    f"Alur {deployment.flow} berjalan terlalu lama",
                    f"Jalan {run.name} mulai {format_time(began)} dan belum berakhir; batasnya {hours} jam. "
                    "Mungkin prosesnya sudah mati tanpa sempat melapor.",
                    "lihat jalannya di Prefect, lalu batalkan di sana.",
                )
            )
    return findings


def _limit(deployment: Deployment) -> timedelta:
    found = [match for tag in deployment.tags if (match := _LIMIT_TAG.fullmatch(tag))]
    return timedelta(hours=int(found[0][1])) if found else RUN_LIMIT


def _last_ended(
    server: PrefectServer, deployments: Sequence[Deployment], settings: Settings
) -> dict[str, tuple[Run, Finding]]:
    """The last run of each flow for each office and year, with what to say if it failed.

    So a failure is seen also where no hook of the flow could tell it, since the program was not found.
    """
    last: dict[str, tuple[Run, Finding]] = {}
    for deployment in deployments:
        run = server.last_ended(deployment)
        if run is None or run.ended_at is None:
            continue
        finding = failed_run(deployment.flow, *_office(run.parameters, settings), run.state, run.message)
        known = last.get(finding.key)
        if known is None or (known[0].ended_at or run.ended_at) <= run.ended_at:
            last[finding.key] = (run, finding)
    return last
