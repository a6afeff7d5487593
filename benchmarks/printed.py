"""How long a book of PDRB in PDF takes to read, and how much memory, by its number of pages.

    python -m benchmarks.printed

The books are set like BPS's, half of their pages tables; reading is a process of its own, with the
processor's seconds and the peak of its memory. The peer takes nothing but the words of
the same pages with pdfplumber.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (30, 75, 150)
LIMIT_SECONDS, LIMIT_MIB = 30.0, 250
START = f"""
import resource, sys, time
sys.path.insert(0, {str(ROOT)!r})
"""
OURS = """
from pathlib import Path
from connectors.bps.printed.pdf import read_pdf
from connectors.bps.printed.table import measure_of
tables = read_pdf(Path(sys.argv[1]).read_bytes(), "buku").tables
found = sum(measure_of(table) is not None for table in tables)
"""
PEER = """
import pdfplumber
with pdfplumber.open(sys.argv[1]) as book:
    found = 0
    for page in book.pages:
        page.extract_words()
        page.close()
"""
END = "print(found, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
MAKE = "from tests.connectors.given import make_books\nfrom pathlib import Path\n" + (
    "Path(sys.argv[1]).write_bytes(make_books.set_pdf(make_books.book(int(sys.argv[2]))))"
)


def python(code: str, *words: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", START + code, *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> int:
    """Print the table; 1 when the largest book missed a limit or a table."""
    print("| Halaman | Tabel PDRB | Detik prosesor | MiB | pdfplumber saja: detik | MiB |")
    print("|---:|---:|---:|---:|---:|---:|")
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        for pages in PAGES:
            book = str(Path(folder) / f"{pages}.pdf")
            python(MAKE, book, str(pages))
            found, seconds, peak = python(OURS + END, book).split()
            _, peer_seconds, peer_peak = python(PEER + END, book).split()
            took, peer_took = f"{float(seconds):.1f}", f"{float(peer_seconds):.1f}"
            print(f"| {pages} | {found} | {took} | {peak} | {peer_took} | {peer_peak} |".replace(".", ","))
            missed = float(seconds) > LIMIT_SECONDS or int(peak) > LIMIT_MIB or found != "4"
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
