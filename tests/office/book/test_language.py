"""What is wrong in a chapter is told with its line and the nearest right name, before anything is printed."""

from __future__ import annotations

import pytest

from office.book.chapters import ORDER, STANDARD
from office.book.language import check_text

INDICATORS = {"pertumbuhan-industri", "sakip"}


def told(text: str) -> list[tuple[int, str, str]]:
    return [(slip.line, slip.found, slip.todo) for slip in check_text(text, INDICATORS)]


@pytest.mark.parametrize(
    ("line", "found", "todo"),
    [
        ('{{ table("capain") }}', "table('capain')", "'capaian'"),
        ('{{ tabel("capaian") }}', "nama 'tabel'", "'table'"),
        ('{{ value("pertumbuhan-industry") }}', "value('pertumbuhan-industry')", "'pertumbuhan-industri'"),
        ('{{ value("sakip", "realisai") }}', "'realisai'", "'realisasi'"),
        ("{{ office.nama }}", "office.nama tidak ada", "'name'"),
        ("{{ office.name | uper }}", "saringan 'uper'", "'upper'"),
        ("{{ table() }}", "table() tanpa nama", "tulis misalnya"),
        ("{{ year }", "tidak dapat dibaca", "periksa kurung"),
        ('{% include "lain.md" %}', "tidak boleh memuat berkas lain", "di bab ini"),
        ("# KEDUA", "judul bab kedua", "## Judul"),
        (":::", "tanpa '::: mendatar'", "pembukanya"),
        ("::: tegak", "tidak dikenal", "::: mendatar"),
        ("::: mendatar", "tidak ditutup", "':::'"),
        ("huruf \ue000 ini", "tidak dapat dicetak", "ketik ulang"),
    ],
)
def test_a_slip_is_told_with_its_line(line: str, found: str, todo: str):
    ((number, said, mend),) = told(f"# JUDUL\n\nSatu baris.\n{line}\n")
    assert number == 4
    assert found in said
    assert todo in mend


def test_every_slip_is_told_at_once_in_the_order_of_lines():
    text = '# J\n{{ salah }}\n{{ chart("x") }}\n\n{{ ref("iku") }}\n{{ alah }}'
    assert [line for line, _, _ in told(text)] == [2, 3, 6]


def test_a_chapter_begins_with_its_title():
    assert told("Kata-kata.\n\n# JUDUL\n")[0][:2] == (1, "bab tidak diawali judulnya")


def test_names_of_its_own_loops_are_known():
    assert told('# J\n{% for kata in ["a", "b"] %}{{ kata }}{% endfor %}\n{% set n = 1 %}{{ n }}\n') == []


@pytest.mark.parametrize("name", ORDER)
def test_the_standard_chapters_have_no_slip(name: str):
    assert told((STANDARD / f"{name}.md").read_text(encoding="utf-8")) == []
