"""How long an issue of Sumenep's report takes with all its files, and what others take for one of them.

    python -m benchmarks.render [PYTHON_WITH_WEASYPRINT]

An office is filled first: its issue of January, BPS's release, its second issue. ``lkjip render --issue 2
--remake`` then makes everything that belongs to that issue: page, PDF and Word with their pictures, the
annex, the Word file with tracked changes, workbook, JSON and CSV. Beside it stand Typst and WeasyPrint, both
making a PDF of the same report, and LibreOffice making one of its Word file. Each measure is a process of its
own (its start is part of it), best of three; seconds of the processor and peak of memory are those of the
process and of what it started.

WeasyPrint is no part of the program. It is asked for by the Python of an environment that has it: the
argument, or ``LKJIP_WEASYPRINT``; without either its line says how to install it.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.settings import load_settings
from jobs.report.render import present_report
from jobs.workspace import Workspace
from standins.bps import BpsStandin

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
LIMIT_SECONDS, LIMIT_MIB, LIMIT_TIMES = 5.0, 450, 8.0
JANUARY, APRIL = "2024-01-31", "2024-04-05"
OURS = """
import pickle, sys
import pikepdf, typst  # as weasyprint's own libraries are, before the work begins
from core.memory import collect_rarely
from reports.render import {made} as make
collect_rarely()  # as every command of the program
with open(sys.argv[1], "rb") as kept:
    document = pickle.load(kept)
"""
ALONE = {
    "HTML saja": ("render_html", "make(document)"),
    "Word saja": ("render_docx", "make(document, {})"),
    "PDF saja, Typst": ("render_pdf", "make(document)"),
}
LKJIP = (sys.executable, "-c", "from commands.main import run; run()")
WEASYPRINT = """
import pathlib, sys
from weasyprint import HTML
# Version 70 fails on grids, of which the page has two that do not show on paper.
page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").replace("display: grid", "display: block")
"""
WRITE = 'HTML(string=page).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a", pdf_tags=True)'
TIMED = """
import os, time
began = time.perf_counter(), sum(os.times()[:4])
{}
print(time.perf_counter() - began[0], sum(os.times()[:4]) - began[1])
"""
ALL = "semua berkas terbitan 2"
INSTALL = (
    "tidak terpasang; python3 -m venv /tmp/weasyprint && /tmp/weasyprint/bin/pip install weasyprint, lalu\n"
    "  python -m benchmarks.render /tmp/weasyprint/bin/python"
)


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds by the clock and of the processor, MiB; the work alone is without its start."""

    clock: float
    processor: float
    peak: int
    work: float = 0
    work_processor: float = 0


def costs_of(commands: Mapping[str, Sequence[str | Path]]) -> dict[str, Cost]:
    """Run commands in turn, a few times, so that all of them meet the same load; each number is the best.

    Raises:
        subprocess.CalledProcessError: One failed.
    """
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            found[name].append(_run(command))
    return {name: Cost(*(min(each) for each in zip(*runs, strict=True))) for name, runs in found.items()}


def _run(command: Sequence[str | Path]) -> tuple[float, ...]:
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    clock = time.perf_counter() - start
    work = [float(each) for each in said.split()] if said[:1].isdigit() else [0.0, 0.0]
    return clock, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, *work


def filled_office(home: Path) -> dict[str, str]:
    """The settings of an office whose second issue was made of BPS's release."""
    settings = {
        "LKJIP_HOME": str(home),
        "LKJIP_BPS_REQUESTS_PER_SECOND": "1000",
        "LKJIP_MAIL_TO": "kepala@dkupp.example",
        "LKJIP_SMTP_URL": "smtp://127.0.0.1:1",
        "PYTHONPATH": str(ROOT),
    }
    with BpsStandin(today=date.fromisoformat(APRIL)) as bps:
        settings |= {"LKJIP_BPS_URL": bps.url, "LKJIP_BPS_KEY": bps.key}
        for day, command in ((JANUARY, "refresh"), (APRIL, "poll"), (APRIL, "refresh")):
            subprocess.run(
                [*LKJIP, command],
                env={**os.environ, **settings, "LKJIP_TODAY": day},
                stdout=subprocess.DEVNULL,
                check=True,
            )
    return {**settings, "LKJIP_TODAY": APRIL}


def measured(folder: Path, weasyprint: str) -> dict[str, Cost]:
    """What everything costs, by what it is."""
    # The program keeps what it compiled, as an installed one does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    settings = filled_office(folder / "kerja")
    os.environ.update(settings)
    made, kept = folder / "hasil", folder / "laporan.pickle"
    kept.write_bytes(pickle.dumps(present_report(Workspace(load_settings(), read_only=True)).document()))
    render = [*LKJIP, "render", "--issue", "2", "--remake", "--out", made]
    _run(render)
    lacking = {"lkjip-perubahan.docx", "lampiran-perbedaan.pdf", "lkjip-pengukuran.xlsx"} - {
        path.name for path in made.iterdir()
    }
    if lacking:
        raise LookupError(f"tidak disusun: {', '.join(sorted(lacking))}")
    commands: dict[str, Sequence[str | Path]] = {
        ALL: render,
        "lkjip status, untuk dibandingkan": [*LKJIP, "status"],
    }
    for name, (maker, call) in ALONE.items():
        commands[name] = [sys.executable, "-c", OURS.format(made=maker) + TIMED.format(call), kept]
    if weasyprint:
        code = [weasyprint, "-I", "-c", WEASYPRINT + TIMED.format(WRITE)]
        commands["PDF dari HTML yang sama, WeasyPrint"] = [
            *code,
            made / "lkjip.html",
            folder / "weasyprint.pdf",
        ]
    if office := shutil.which("soffice"):
        commands["PDF dari Word yang sama, LibreOffice"] = [
            office, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "pdf",
            "--outdir", folder, made / "lkjip.docx",
        ]  # fmt: skip
    return costs_of(commands)


def main() -> None:
    """Print the table."""
    weasyprint = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LKJIP_WEASYPRINT", "")
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(Path(folder), weasyprint)
    typst = costs["PDF saja, Typst"]
    print(
        f"{'render, laporan Sumenep':<40}{'detik':>8}{'prosesor':>10}{'MiB':>6}{'tanpa mulainya proses':>24}"
    )
    for name, cost in costs.items():
        alone = f"{cost.work:.2f} / {cost.work_processor:.2f}" if cost.work else ""
        print(f"{name:<40}{cost.clock:>8.2f}{cost.processor:>10.2f}{cost.peak:>6}{alone:>24}")
    whole = costs[ALL]
    kept = whole.clock <= LIMIT_SECONDS and whole.peak <= LIMIT_MIB
    print(f"Batas {LIMIT_SECONDS} detik dan {LIMIT_MIB} MiB: {'terpenuhi' if kept else 'TERLAMPAUI'}")
    for name, cost in costs.items():
        if name.startswith("PDF dari"):
            times = cost.processor / typst.processor
            print(f"{name}: {times:.1f} kali waktu prosesor Typst, mulainya proses termasuk")
        if name.endswith("WeasyPrint"):
            times = cost.work_processor / typst.work_processor
            said = "terpenuhi" if times >= LIMIT_TIMES else "KURANG"
            print(f"  tanpa mulainya {times:.1f} kali; batas {LIMIT_TIMES:g} kali: {said}")
    if not weasyprint:
        print(f"WeasyPrint {INSTALL}")


if __name__ == "__main__":
    main()
