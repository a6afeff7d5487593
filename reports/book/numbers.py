"""Numbers of chapters, tables and pictures: they follow from the order of the book."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from core.errors import RenderError
from reports.book.drafts import Draft, Kind

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def number_chapters(drafts: Sequence[Draft], available: Collection[str]) -> dict[str, int]:
    """The number of each BAB by name; a chapter with nothing to show has none, and is left out.

    Raises:
        RenderError: There are more than :data:`ROMAN` has numbers.
    """
    numbered = [draft for draft in drafts if draft.numbered and draft.has_content(available)]
    if len(numbered) > len(ROMAN):
        raise RenderError(
            f"Buku memuat {len(numbered)} bab bernomor, paling banyak {len(ROMAN)}.",
            todo="gabungkan beberapa bab, atau tulis {-} di belakang judul bab tanpa nomor.",
        )
    return {draft.name: number for number, draft in enumerate(numbered, start=1)}


def number_things(
    drafts: Iterable[Draft], chapters: Mapping[str, int], kind: Kind, counts: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """The numbers of tables or charts.

    Args:
        drafts: The chapters in order.
        chapters: From :func:`number_chapters`.
        kind: ``table`` or ``chart``.
        counts: How many of a name there are: one of each table, several of a chart on several pictures.

    Returns:
        For each name that the book shows its numbers, ``("3.2",)``, in the order of the book; those of a
        chapter without a number bear only their place.

    Raises:
        RenderError: The book shows one twice.
    """
    numbers: dict[str, tuple[str, ...]] = {}
    for draft in drafts:
        start = f"{chapters[draft.name]}." if draft.name in chapters else ""
        last, letters = 0, 0
        for piece in draft.shown():
            if piece.kind != kind or not counts.get(piece.name):
                continue
            if piece.name in numbers:
                raise RenderError(
                    f"Bab {draft.name} menampilkan {kind}({piece.name!r}) untuk kedua kalinya.",
                    todo=f'hapus salah satunya; untuk menunjuknya tulis {{{{ ref("{piece.name}") }}}}.',
                )
            if piece.inserted and last:
                letters += 1
                numbers[piece.name] = (f"{start}{last}{chr(ord('a') + letters - 1)}",)
                continue
            letters = 0
            numbers[piece.name] = tuple(f"{start}{last + n}" for n in range(1, counts[piece.name] + 1))
            last += counts[piece.name]
    return numbers
