"""How two issues differ, cell by cell and word by word, from what is stored of both."""

from reports.comparison.report import Deep, compare_deeply
from reports.comparison.tables import ChangedCell, ChangedTable
from reports.comparison.words import Piece

__all__ = ["ChangedCell", "ChangedTable", "Deep", "Piece", "compare_deeply"]
