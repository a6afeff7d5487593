"""The lists at the front name the page on which each table and picture came to stand."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from reports.content import Report
from reports.render import render_pdf


@pytest.fixture(scope="module")
def pages(budget_report: Report) -> list[str]:
    return [read(page) for page in pypdfium2.PdfDocument(render_pdf(budget_report.document()))]


def read(page: pypdfium2.PdfPage) -> str:
    """A page line by line as it is seen; pdfium itself joins the lines of a paragraph."""
    words, lines = page.get_textpage(), dict[int, list[tuple[float, str]]]()
    for place in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(place)
        middle = round((bottom + top) / 6)
        near = next((known for known in (middle, middle - 1, middle + 1) if known in lines), middle)
        lines.setdefault(near, []).append((left, words.get_text_bounded(left, bottom, right, top)))
    ordered = (sorted(lines[middle]) for middle in sorted(lines, reverse=True))
    return "\n".join(" ".join(text for _, text in line).strip() for line in ordered)


def test_each_picture_stands_on_the_page_that_the_list_names(pages: list[str]) -> None:
    begin = next(number for number, text in enumerate(pages) if "DAFTAR TABEL DAN GAMBAR\n" in text)
    end = next(number for number, text in enumerate(pages) if number > begin and "BAB I\n" in text)
    told = " ".join(pages[begin:end]).replace("\n", " ")
    listed = re.findall(r"Gambar (\d\.\d) (?:(?!Gambar|Tabel \d).)*?[. ]{6,}\W*(\d+)", told)
    stands = {
        name: text.strip().rpartition("\n")[2]
        for text in pages[end:]
        for name in re.findall(r"^Gambar (\d\.\d)$", text, re.MULTILINE)
    }
    assert len(listed) > 3
    assert dict(listed) == {name: stands[name] for name, _ in listed}


def test_no_page_ends_with_the_name_of_an_indicator_whose_origins_stand_on_the_next(pages: list[str]) -> None:
    begin = next(number for number, text in enumerate(pages) if "\nASAL-USUL ANGKA\n" in text)
    for text in pages[begin:]:
        *_, last, _number = text.strip().splitlines()
        assert not re.match(r"\d+\. .*, 2023: ", last)


def test_no_line_ends_before_the_amount_of_rupiah_or_the_number_of_a_picture(pages: list[str]) -> None:
    ends = [line for text in pages for line in text.splitlines() if re.search(r"(^| )(Rp|Gambar)$", line)]
    assert ends == []


def test_tables_are_listed_before_pictures_each_in_the_order_of_their_pages(pages: list[str]) -> None:
    begin = next(number for number, text in enumerate(pages) if "DAFTAR TABEL DAN GAMBAR\n" in text)
    end = next(number for number, text in enumerate(pages) if number > begin and "BAB I\n" in text)
    lines = "\n".join(pages[begin:end]).splitlines()
    kinds = [found[1] for line in lines if (found := re.match(r"(Tabel|Lampiran|Gambar) \d", line))]
    assert kinds == sorted(kinds, key=["Tabel", "Lampiran", "Gambar"].index)
    of_pictures = [line for line in lines if line.startswith("Gambar ")]
    numbers = [int(found[1]) for line in of_pictures if (found := re.search(r"(\d+)$", line))]
    assert len(numbers) > 3
    assert numbers == sorted(numbers)
