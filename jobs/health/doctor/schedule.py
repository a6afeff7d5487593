"""Prefect: its server, the schedules, the pool's worker, and how the last runs ended."""

from __future__ import annotations

from connectors.prefect_server import PrefectServer
from core import dates
from core.settings import Settings
from jobs.health.doctor.checks import Check, Verdict, fine
from jobs.health.schedule import MACHINERY, SERVER, look_at_schedule

SUBJECT, WORK = "Server Prefect", "Jadwal dan pekerja"


def check_schedule(settings: Settings) -> list[Check]:
    """As ``lkjip watch`` sees it: the machinery is broken, a run that failed is to be looked at."""
    schedule = look_at_schedule(PrefectServer(settings.prefect_api_url), settings, dates.now())
    subjects = {SERVER: SUBJECT}
    found = [
        Check(
            subjects.get(finding.key, WORK),
            Verdict.BROKEN if finding.key.startswith(MACHINERY) else Verdict.WARNING,
            f"{finding.title}. {finding.detail}",
            finding.todo,
        )
        for finding in schedule.findings
    ]
    if not schedule.answered:
        return found
    answers = fine(SUBJECT, f"{settings.prefect_api_url} menjawab.")
    scheduled = sum(planned.scheduled for planned in schedule.planned)
    return [answers, *(found or [fine(WORK, f"{scheduled} alur terjadwal, pekerja hidup.")])]
