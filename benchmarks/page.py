"""How long a view of the page takes at the server, with 500 offices and five years of issues in the database.

Each view is asked of offices that nobody opened before, and again of the same ones.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import warnings
from datetime import date
from pathlib import Path
from typing import Any

from core.loopback import stay_on_this_machine
from core.settings import load_settings
from jobs.report.overview import read_year
from jobs.report.refresh import refresh
from jobs.users.roles import Role
from jobs.workspace import Workspace
from models.report.issues import latest_issue
from models.report.realisasi import list_realisasi
from models.report.tables import RealisasiRecord, ReportIssue
from models.session import open_session
from office.loading import EXAMPLES
from tests.web.given.browsing import Browser, Clock
from web.app import create_app

OFFICE, YEAR = "sumenep-dkupp", 2023
OFFICES, YEARS = 500, range(YEAR - 4, YEAR + 1)
ASKED = 20
LIMIT = 100
VIEWS = {
    "start page": "",
    "an indicator's origin": f"/{YEAR}/indikator/pertumbuhan-industri",
    "form for a figure": f"/{YEAR}/angka/koperasi-aktif",
    "workbooks": "/buku-kerja",
    "years": "/tahun",
    "a year's list": f"/{YEAR}/periksa",
    "form for targets": f"/{YEAR}/ubah/target",
    "list of issues": "/terbitan",
    "an issue": f"/{YEAR}/terbitan/1",
    "two issues compared": f"/{YEAR}/beda?dari=1&ke=1",
}


def fill(home: Path) -> None:
    """Make one real issue, and give every office and year a copy of it."""
    workspace = Workspace(
        load_settings(home=home, agency=OFFICE, today=date(2024, 1, 31), mail_to="a@b.example")
    )
    refresh(workspace)
    for number in range(OFFICES):
        office = home / "kantor" / name_of(number)
        shutil.copytree(EXAMPLES / OFFICE, office)
        text = (office / "office.yaml").read_text(encoding="utf-8")
        (office / "office.yaml").write_text(text.replace(f"id: {OFFICE}", f"id: {name_of(number)}"))
    with open_session(workspace.engine, read_only=True) as session:
        issue = latest_issue(session, OFFICE, YEAR)
        assert issue is not None
        of_issue = issue.model_dump(exclude={"id", "agency", "year"})
        known = list_realisasi(session, OFFICE, YEAR)
        records = [record.model_dump(exclude={"id", "agency", "year"}) for record in known]
    for number in range(OFFICES):
        with open_session(workspace.engine) as session:
            for year in YEARS:
                place: dict[str, Any] = {"agency": name_of(number), "year": year}
                session.add(ReportIssue(**place, **of_issue))
                session.add_all(RealisasiRecord(**place, **record) for record in records)
    assert read_year(workspace.of_year(YEAR)).issue is not None


def name_of(number: int) -> str:
    """The id of an office."""
    return f"dinas-{number:03}"


def took(browser: Browser, address: str) -> float:
    """Milliseconds of a view at the server, with the time of the client that asks within the process."""
    start = time.perf_counter()
    answer = browser.open(address)
    milliseconds = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, address
    return milliseconds


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    stay_on_this_machine()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "kerja"
        fill(home)
        clock = Clock()
        app = create_app(load_settings(home=home, today=date(2024, 4, 7)), clock)
        browser = Browser(app, clock).become(Role.MANAGE)
        took(browser, "/kegiatan")  # templates are read once
        print(f"{OFFICES} offices, {len(YEARS)} years each; milliseconds at the server, limit {LIMIT}")
        print(f"{'':24}{'first time':>22}{'again':>22}")
        print(f"{'':24}{'median':>11}{'worst':>11}{'median':>11}{'worst':>11}")
        once = [took(browser, "/"), took(browser, "/")]
        print(f"{'list of offices':24}{'':11}{once[0]:11.0f}{'':11}{once[1]:11.0f}")
        for order, (words, below) in enumerate(VIEWS.items()):
            offices = [name_of(order * ASKED + n) for n in range(ASKED)]
            rounds = [[took(browser, f"/kantor/{office}{below}") for office in offices] for _ in range(2)]
            cells = "".join(f"{statistics.median(times):11.0f}{max(times):11.0f}" for times in rounds)
            print(f"{words:24}{cells}")
        app.state.site.engine.dispose()


if __name__ == "__main__":
    main()
