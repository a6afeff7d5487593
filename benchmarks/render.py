"""How long a report of the real size takes in its three formats, against LibreOffice making one of them.

    python -m benchmarks.render

Each measure is a process of its own (its start is part of it), best of three; memory is the peak of the
process and of its children. The peer turns the same Word file into PDF; it is left out where LibreOffice
is not installed.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
LIMIT_SECONDS, LIMIT_MIB = 3.0, 400
PREPARE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.reports.given.sample_report import sample
"""
PARTS = {
    "HTML, PDF dan Word": "from reports.render import render_all; render_all(sample())",
    "HTML saja": "from reports.render import render_html; render_html(sample())",
    "PDF saja": "from reports.render import render_pdf; render_pdf(sample())",
    "Word saja": "from reports.render import render_docx; render_docx(sample(), {})",
}
PEAK = """
import resource
own, children = (resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(max(own, children) // 1024)
"""


def python(code: str) -> tuple[float, int]:
    """Seconds and peak MiB of a fresh Python, best time of the rounds."""
    best, peak = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PREPARE + code + PEAK], capture_output=True, text=True, check=True
        )
        best = min(best, time.perf_counter() - start)
        peak = max(peak, int(done.stdout))
    return best, peak


def libreoffice() -> tuple[float, int] | None:
    """Word to PDF by LibreOffice, with a profile that already exists."""
    office = shutil.which("soffice")
    if not office:
        return None
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "lkjip.docx"
        made = "from reports.render import render_docx; made = render_docx(sample(), {})\n"
        code = f"{made}open({str(word)!r}, 'wb').write(made)"
        subprocess.run([sys.executable, "-c", PREPARE + code], check=True)
        command = [
            office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", folder, str(word),
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True)
        best = float("inf")
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            best = min(best, time.perf_counter() - start)
        return best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main() -> None:
    """Print the table."""
    measured = {name: python(code) for name, code in PARTS.items()}
    peer = libreoffice()
    print(f"{'render, laporan contoh':<32}{'detik':>8}{'MiB':>8}{'banding LibreOffice':>22}")
    for name, (seconds, peak) in measured.items():
        ratio = f"{seconds / peer[0]:.2f}x" if peer else "-"
        print(f"{name:<32}{seconds:>8.2f}{peak:>8}{ratio:>22}")
    if peer:
        print(f"{'LibreOffice, Word ke PDF saja':<32}{peer[0]:>8.2f}{peer[1]:>8}{'1.00x':>22}")
    seconds, peak = measured["HTML, PDF dan Word"]
    kept = seconds <= LIMIT_SECONDS and peak <= LIMIT_MIB
    print(f"Batas {LIMIT_SECONDS} detik dan {LIMIT_MIB} MiB: {'terpenuhi' if kept else 'TERLAMPAUI'}")


if __name__ == "__main__":
    main()
