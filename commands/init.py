"""``lkjip init``: a new office, asked for or out of a file of answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.workspace import AsJson


def init(
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="Berkas jawaban, satu baris satu jawaban (nama: Dinas ...)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mulai kantor baru: tanyakan yang perlu, lalu buat mapnya dengan buku kerja isian.xlsx."""
    from core.settings import load_settings  # noqa: PLC0415
    from jobs.bps.domain import find_domain  # noqa: PLC0415
    from jobs.office.answers import Question, ask, read_answers, understand  # noqa: PLC0415
    from jobs.office.beginning import begin_office  # noqa: PLC0415

    def prompt(question: Question) -> str:
        return str(typer.prompt(question.words, default="", show_default=False, err=True))

    settings = load_settings()
    given = read_answers(answers) if answers else ask(prompt)
    known = understand(given, answers.name if answers else "kantor baru")
    domain = known.domain or find_domain(settings, known.short_name, known.region, known.contact)
    begun = begin_office(known, settings.offices_folder, domain)
    output.tell(begun, as_json)
