"""All files of an issue and of its draft, made by a process of its own.

The report has everything that can be in one: BPS's release, a year of prices, a budget, an annex of what the
print has otherwise, and the office's own Word document.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from jobs.report.keeping import CHANGED_WORD, WORD
from jobs.report.render import changed_word, changes_file, draft_files, make_files
from office.form import FormFile
from office.loading import find_agency, load_agency
from office.reference import REFERENCE
from reports.changes import compare_reports
from reports.content import IssueInfo, build_report
from reports.reported import reported_realisasi
from tests.reports.given.office_word import office_word
from tests.reports.given.released import RELEASED, filled_with
from tests.reports.given.year_of_budget import budget_evidence
from tests.reports.given.year_of_prices import INDICATOR, YEAR, computed, evidence

DRAFT = "rancangan/"
"""Before the names of the files that bear the draft's mark."""


def whole_issue() -> dict[str, bytes]:
    """Every file by its name."""
    agency = load_agency(find_agency("sumenep-dkupp"), YEAR)
    agency = agency.model_copy(update={"reference": FormFile(name=REFERENCE, content=office_word(head=""))})
    prices = evidence(agency)
    january = IssueInfo(1, date(2024, 1, 31), "Terbitan pertama.")
    before = build_report(agency, reported_realisasi(agency), issue=january)
    report = build_report(
        agency,
        {**filled_with(agency), (INDICATOR, YEAR): computed(prices.fluctuation)},
        issue=IssueInfo(2, RELEASED, "BPS merilis PDRB Kabupaten Sumenep 2023."),
        prices=prices,
        budget=budget_evidence(agency),
    )
    files = make_files(report)
    files |= changed_word(make_files(before)[WORD], files, report.issue.moment)
    files["changes.json"] = changes_file(compare_reports(before.as_json(), report.as_json()))
    assert CHANGED_WORD in files
    return files | {f"{DRAFT}{name}": content for name, content in draft_files(report, files).items()}


def main(folder: Path) -> None:
    """Write them all into a folder."""
    for name, content in whole_issue().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
