"""The kinds of files that the page takes: how each is read, told apart and shown.

It reads files, so it belongs into the process apart; the page itself knows only their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from connectors.bps.channels import SOURCE as BPS
from jobs.bps.downloaded import FOLDER as BPS_FOLDER
from jobs.budget.files import FOLDER as BUDGET_FOLDER
from jobs.budget.files import SOURCE as BUDGET
from jobs.dropped_file import DropFolder, Took
from jobs.prices.files import FOLDER as PRICES_FOLDER
from jobs.prices.sources import SHEETS
from jobs.taken_files import FileResult
from jobs.uploads.bps import is_bps, read_bps, show_bps_file, tell_bps, years_of_bps
from jobs.uploads.budget import is_budget, read_budget, show_budget_file, tell_budget, years_of_budget
from jobs.uploads.prices import is_prices, read_prices, show_price_file, tell_prices, years_of_prices
from jobs.uploads.shown import Shown
from jobs.uploads.word import FOLDER as WORD_FOLDER
from jobs.uploads.word import SOURCE as WORD
from jobs.uploads.word import holds_word, read_word_file, show_word_file, tell_word, years_of_word
from jobs.workspace import Workspace
from models.budget.statements import holds_file
from models.prices.files import holds_sheet

Result = TypeVar("Result", bound=FileResult)
Made_co = TypeVar("Made_co", bound=FileResult, covariant=True)


class Read(Protocol[Made_co]):
    """Reads one file; nothing is stored in a dry run."""

    def __call__(self, workspace: Workspace, file: Path, month: int, /, *, dry_run: bool) -> Made_co:
        """See above."""


@dataclass(frozen=True)
class Kind(Generic[Result]):
    """A kind of files.

    Attributes:
        read: As the flow of its kind does.
        holds: Whether a dry run found what files of this kind hold.
        show: What the page shows after a dry run.
        tell: What was kept, in a sentence.
        years: The open years whose report what was taken in concerns.
        source: Under which its files are kept.
        folder: Under whose name they are kept.
        took: Whether an office itself took some bytes; None where what one office took holds for all.
    """

    read: Read[Result]
    holds: Callable[[Result], bool]
    show: Callable[[Workspace, Result], Shown]
    tell: Callable[[Result], str]
    years: Callable[[Workspace, Result], tuple[int, ...]]
    source: str
    folder: DropFolder
    took: Took | None = None


KINDS: Mapping[str, Kind[Any]] = {
    "anggaran": Kind(
        read_budget,
        is_budget,
        show_budget_file,
        tell_budget,
        years_of_budget,
        BUDGET,
        BUDGET_FOLDER,
        holds_file,
    ),
    "harga": Kind(
        read_prices,
        is_prices,
        show_price_file,
        tell_prices,
        years_of_prices,
        SHEETS,
        PRICES_FOLDER,
        holds_sheet,
    ),
    "bps": Kind(read_bps, is_bps, show_bps_file, tell_bps, years_of_bps, BPS, BPS_FOLDER),
    "word": Kind(read_word_file, holds_word, show_word_file, tell_word, years_of_word, WORD, WORD_FOLDER),
}
