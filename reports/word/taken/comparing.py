"""What a person changed in the Word file of an issue: passages that may be changed, and all the rest.

The issue's own file says what was there. A passage is found again by the name of its control; where a program
forgot the names, by what stood there and around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import Enum

from reports.word.taken.figures import Letter, figures_of, letters_of, resolve
from reports.word.taken.places import Cell, Place, Places
from reports.word.taken.reading import Row, Unit, Words, plain

_MOST = 2500
"""Pairs of neighbours that are compared with each other; of more, each with that in its place."""
_PART = 0.8
"""So many of its words stand in a passage that a paragraph was cut off from it."""
_TWICE = "twice"
_ALIKE = 0.4
"""So much two paragraphs have in common to be one that was changed."""


class Why(Enum):
    """Why something that changed is not taken."""

    CELL = "sel tabel"
    ROWS = "baris tabel"
    GENERATED = "bukan alinea yang boleh diubah"
    ADDED = "alinea baru"
    FIGURE = "angka dari data"
    TWICE = "alinea ada dua kali"
    MOVED = "urutan alinea"
    LISTED = "daftar bernomor Word"
    OBJECT = "gambar atau catatan kaki"


@dataclass(frozen=True)
class Refused:
    """Something that changed and is not taken.

    Attributes:
        before: What the issue says; empty where something was added.
        after: What the file says.
        figure: Tag of the figure that it is about.
    """

    why: Why
    place: Place
    before: str
    after: str
    figure: str = ""


@dataclass(frozen=True)
class Changed:
    """A passage, or a cell with the office's own words, that a person changed.

    Attributes:
        tag: Its name.
        after: Its paragraphs; none where it was deleted.
    """

    tag: str
    place: Place
    before: str
    after: tuple[Words, ...]


@dataclass
class Comparison:
    """What was found."""

    changed: list[Changed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def compare_units(base: Sequence[Unit], given: Sequence[Unit]) -> Comparison:
    """Find what a person changed.

    Args:
        base: Of the issue's own Word file.
        given: Of the file that came back.
    """
    return _Comparer(base, given).compare()


class _Comparer:
    def __init__(self, base: Sequence[Unit], given: Sequence[Unit]) -> None:
        self.base, self.given = base, given
        self.places = Places(base)
        self.texts = _figure_texts(base)
        self.found = Comparison()
        self.before: dict[int, list[Words]] = {}
        self.behind: dict[int, list[Words]] = {}
        self.paired: dict[int, Unit | None] = {}

    def compare(self) -> Comparison:
        names = {unit.tag for unit in self.base if unit.tag}
        met: set[str] = set()
        keys: list[tuple[str, str]] = []
        for unit in self.given:
            known = unit.tag in names
            if known and unit.tag in met:
                place = self.places.of(next(n for n, each in enumerate(self.base) if each.tag == unit.tag))
                self.found.refused.append(Refused(Why.TWICE, place, "", unit.text))
                keys.append((_TWICE, str(len(keys))))
                continue
            met |= {unit.tag} if known else set()
            keys.append(_key(unit, by_name=known))
        old = [_key(unit, by_name=unit.tag in met) for unit in self.base]
        matcher = SequenceMatcher(None, old, keys, autojunk=False)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            if kind == "equal":
                self.paired.update(zip(range(i1, i2), self.given[j1:j2], strict=True))
            else:
                self._between(i1, i2, [j for j in range(j1, j2) if keys[j][0] != _TWICE])
        for number, unit in enumerate(self.base):
            self._look(number, unit, self.paired.get(number))
        return self.found

    # ---- which is which

    def _between(self, i1: int, i2: int, js: list[int]) -> None:
        """Pair what stands between two places that are the same in both."""
        moved = {unit.tag for unit in self.base} - {""}
        here = {self.base[i].tag for i in range(i1, i2)}
        for j in list(js):
            tag = self.given[j].tag
            if tag in moved and tag not in here:  # it stood elsewhere
                number = next(n for n, unit in enumerate(self.base) if unit.tag == tag)
                self.paired[number] = self.given[j]
                self.found.refused.append(
                    Refused(Why.MOVED, self.places.of(number), self.base[number].text, self.given[j].text)
                )
                js.remove(j)
        last = i1 - 1
        groups = [group for group in _alone(self._aligned(range(i1, i2), js)) if any(group)]
        for place, (olds, news) in enumerate(groups):
            following = next((olds[0] for olds, _ in groups[place + 1 :] if olds), i2)
            kinds = [self.base[i].kind for i in olds], [self.given[j].kind for j in news]
            if kinds[0] == kinds[1]:  # as many as there were: written quite anew
                self.paired.update(
                    {i: self.given[j] for i, j in zip(olds, news, strict=True) if i not in self.paired}
                )
                last = olds[-1] if olds else last
                continue
            for j in news:
                self._add(last, following, self.given[j])
            for i in olds:
                self.paired.setdefault(i, None)
                last = i

    def _aligned(self, left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[int | None, int | None]]:
        """Pairs in order; what has no partner stands alone."""
        if len(left) * len(right) > _MOST:
            for n in range(max(len(left), len(right))):
                i = left[n] if n < len(left) else None
                j = right[n] if n < len(right) else None
                if i is not None and j is not None and not self._alike(i, j):
                    yield i, None
                    yield None, j
                else:
                    yield i, j
            return
        shares = {(i, j): self._alike(i, j) for i in left for j in right}
        best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
        for a in range(len(left) - 1, -1, -1):
            for b in range(len(right) - 1, -1, -1):
                alike = shares[left[a], right[b]]
                best[a][b] = max(best[a + 1][b], best[a][b + 1], alike + best[a + 1][b + 1] if alike else 0.0)
        a, b = 0, 0
        while a < len(left) or b < len(right):
            if a < len(left) and b < len(right):
                alike = shares[left[a], right[b]]
                if alike and best[a][b] == alike + best[a + 1][b + 1]:
                    yield left[a], right[b]
                    a, b = a + 1, b + 1
                    continue
            if b >= len(right) or (a < len(left) and best[a][b] == best[a + 1][b]):
                yield left[a], None
                a += 1
            else:
                yield None, right[b]
                b += 1

    def _alike(self, i: int, j: int) -> float:
        old, new = self.base[i], self.given[j]
        if old.kind != new.kind:
            return 0.0
        if old.tag and old.tag == new.tag:
            return 2.0
        if old.kind == "table":
            return 1.0
        share = SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()
        return share if share >= _ALIKE else 0.0

    def _add(self, after: int, following: int, unit: Unit) -> None:
        """A paragraph that the issue has not: part of a passage that was cut in two, or new behind one."""
        near = [
            number
            for number in (following, after)
            if 0 <= number < len(self.base) and self.base[number].tag and not unit.tag
        ]
        if unit.kind == "table" or not near:
            place = self.places.of(after) if after >= 0 else Place("", "awal berkas")
            self.found.refused.append(Refused(Why.ADDED, place, "", unit.text))
            return
        words = unit.text.split()
        cut_off = following in near and _share(words, self.base[following].text) >= _PART
        number = following if cut_off or after not in near else after
        if unit.listed and not self.base[number].listed:
            self.found.refused.append(Refused(Why.LISTED, self.places.of(number), "", unit.text))
        else:
            side = self.before if number == following else self.behind
            side.setdefault(number, []).extend(unit.paragraphs)

    # ---- what changed

    def _look(self, number: int, old: Unit, new: Unit | None) -> None:
        if old.kind == "table":
            self._table(number, old, new)
        elif old.tag:
            self._passage(number, old, new)
        elif new is None or old.text != new.text:
            after = new.text if new is not None else ""
            self._refuse(Why.GENERATED, number, old.text, after)

    def _passage(self, number: int, old: Unit, new: Unit | None) -> None:
        was = old.paragraphs
        more = [*self.before.get(number, []), *self.behind.get(number, [])]
        own = new.paragraphs if new else ()
        all_ = (*self.before.get(number, []), *own, *self.behind.get(number, []))
        now = [resolve(words, self._wanted(old)) for words in all_]
        now = [words for words in now if plain(words)]
        if [_whole(words) for words in now] == [_whole(words) for words in was]:
            return
        if not more and _said(own) == _said(was):
            return  # only the names of the figures were forgotten
        listed = new is not None and new.listed and not old.listed
        bad = next(self._figures(was, now), None)
        if bad is not None:
            (before, after), why, figure = bad
            self.found.refused.append(Refused(why, self.places.of(number), before, after, figure))
        elif listed:
            self._refuse(Why.LISTED, number, old.text, " ".join(map(plain, now)))
        else:
            self.found.changed.append(Changed(old.tag, self.places.of(number), old.text, tuple(now)))

    def _wanted(self, old: Unit) -> list[tuple[str, str]]:
        return [pair for words in old.paragraphs for pair in figures_of(words)]

    def _figures(
        self, was: Sequence[Words], now: Sequence[Words]
    ) -> Iterator[tuple[tuple[str, str], Why, str]]:
        """Figures of a passage that were changed or lost, and what cannot be written into a chapter."""
        old = [pair for words in was for pair in figures_of(words)]
        new = [pair for words in now for pair in figures_of(words)]
        tags = [tag for tag, _ in new]
        strange = [text for tag, text in new if tag == "?"]
        for tag, text in new:
            if tag != "?" and self.texts.get(tag, text) != text:
                yield (self.texts[tag], text), Why.FIGURE, tag
            elif tag != "?" and tag not in self.texts:
                yield ("", text), Why.FIGURE, tag
        for tag, text in old:
            if tags.count(tag) < [name for name, _ in old].count(tag):
                yield (text, strange[0] if strange else ""), Why.FIGURE, tag
        if strange:
            yield ("", strange[0]), Why.FIGURE, ""
        if any("\ufffc" in plain(words) for words in now):
            yield ("", "\ufffc"), Why.OBJECT, ""

    def _table(self, number: int, old: Unit, new: Unit | None) -> None:
        if new is None:
            self.found.refused.append(Refused(Why.ROWS, self.places.of(number), "tabel", ""))
            return
        texts = [row.texts for row in old.rows], [row.texts for row in new.rows]
        rows: list[tuple[int | None, int | None]] = [(n, n) for n in range(len(old.rows))]
        if len(old.rows) != len(new.rows):
            rows = list(_rows(*texts))
        for was, now in rows:
            if was is None or now is None:
                before = " | ".join(filter(None, texts[0][was])) if was is not None else ""
                after = " | ".join(filter(None, texts[1][now])) if now is not None else ""
                self.found.refused.append(Refused(Why.ROWS, self.places.of(number), before, after))
            else:
                self._row(number, was, old.rows[was], new.rows[now])

    def _row(self, number: int, at: int, old: Row, new: Row) -> None:
        if len(old.cells) != len(new.cells):
            before, after = (" | ".join(filter(None, row.texts)) for row in (old, new))
            self.found.refused.append(Refused(Why.ROWS, self.places.of(number), before, after))
            return
        for column, (was, now) in enumerate(zip(old.texts, new.texts, strict=True)):
            if was == now:
                continue
            place = self.places.of_cell(number, Cell(at, column))
            if old.notes[column]:
                words = (new.cells[column],) if now else ()
                self.found.changed.append(Changed(old.notes[column], place, was, words))
            else:
                self.found.refused.append(Refused(Why.CELL, place, was, now))

    def _refuse(self, why: Why, number: int, before: str, after: str) -> None:
        self.found.refused.append(Refused(why, self.places.of(number), before, after))


def _whole(words: Words) -> tuple[list[Letter], list[tuple[str, str]]]:
    """All that a paragraph says, and what its figures show."""
    return letters_of(words), figures_of(words)


def _alone(pairs: Iterable[tuple[int | None, int | None]]) -> Iterator[tuple[list[int], list[int]]]:
    """Each pair for itself; what stands alone together with its neighbours that do."""
    olds: list[int] = []
    news: list[int] = []
    for old, new in pairs:
        if old is not None and new is not None:
            yield olds, news
            yield [old], [new]
            olds, news = [], []
        else:
            olds += [old] if old is not None else []
            news += [new] if new is not None else []
    yield olds, news


def _share(words: Sequence[str], text: str) -> float:
    """How many of some words stand in a text, of all of them."""
    known = set(text.split())
    return sum(word in known for word in words) / max(1, len(words))


def _said(paragraphs: Sequence[Words]) -> list[list[Letter]]:
    """The letters of paragraphs, those of figures like all others."""
    return [
        letters_of(tuple(replace(segment, figure="") for segment in words))
        for words in paragraphs
        if plain(words)
    ]


def _rows(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int | None, int | None]]:
    """Which row is which, where some came or went."""
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" or i2 - i1 == j2 - j1:
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from ((i, None) for i in range(i1, i2))
            yield from ((None, j) for j in range(j1, j2))


def _key(unit: Unit, *, by_name: bool) -> tuple[str, str]:
    if by_name and unit.tag:
        return "name", unit.tag
    return unit.kind, unit.text if unit.kind == "paragraph" else " ".join(
        unit.rows[0].texts if unit.rows else ()
    )


def _figure_texts(base: Sequence[Unit]) -> Mapping[str, str]:
    """What each figure of the issue shows, by its tag."""
    return {
        tag: text
        for unit in base
        for words in unit.paragraphs
        for tag, text in figures_of(words)
        if tag != "?"
    }


__all__ = ["Changed", "Comparison", "Letter", "Refused", "Why", "compare_units"]
