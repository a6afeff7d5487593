"""The packed PDF beside the one that Typst wrote: the same to every reader, and far lighter."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import PDFStream, resolve1

from reports.render import render_pdf
from reports.render.packed import pack_objects
from tests.reports.given.sample_report import sample


@pytest.fixture(scope="module")
def written() -> bytes:
    """As Typst writes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.render.pdf.pack_objects", lambda pdf: pdf)
        return render_pdf(sample())


@pytest.fixture(scope="module")
def packed(written: bytes) -> bytes:
    return pack_objects(written)


def objects_of(pdf: bytes) -> dict[int, str]:
    """Every object by its number, as a reader understands it; those that hold or list others apart."""
    found = {}
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for xref in opened.doc.xrefs:
            for number in xref.get_objids():
                thing = resolve1(opened.doc.getobj(number))
                about = thing.attrs if isinstance(thing, PDFStream) else thing
                kind = getattr(about.get("Type"), "name", "") if isinstance(about, dict) else ""
                if kind not in ("ObjStm", "XRef"):
                    data = thing.get_data() if isinstance(thing, PDFStream) else b""
                    found[number] = f"{about!r} {data!r}"
    return found


def test_every_object_is_there_as_it_was(written: bytes, packed: bytes) -> None:
    before, after = objects_of(written), objects_of(packed)
    assert len(before) > 1000
    assert after == before


def test_every_page_looks_the_same(written: bytes, packed: bytes) -> None:
    before, after = pypdfium2.PdfDocument(written), pypdfium2.PdfDocument(packed)
    assert len(after) == len(before)
    for one, other in zip(before, after, strict=True):
        assert other.render(scale=0.5).to_numpy().tobytes() == one.render(scale=0.5).to_numpy().tobytes()


def test_it_weighs_less_than_half(written: bytes, packed: bytes) -> None:
    assert len(packed) < len(written) / 2


def test_the_report_is_packed(written: bytes, packed: bytes) -> None:
    assert render_pdf(sample()) == packed


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not on this machine")
def test_qpdf_finds_no_error(packed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "lkjip.pdf"
    file.write_bytes(packed)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)


def test_what_is_packed_already_or_written_otherwise_stays_as_it_is(written: bytes, packed: bytes) -> None:
    for other in (packed, b"", b"%PDF-1.7 rusak", written[:-200], written.replace(b"\nxref\n", b"\nxrff\n")):
        assert pack_objects(other) == other
