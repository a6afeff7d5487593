"""The packed PDF beside the one that Typst wrote: the same to every reader, and far lighter."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import PDFObjRef, PDFStream

from reports.render import render_pdf
from reports.render.packed import pack_objects
from tests.reports.given.sample_report import sample

_HOW_PACKED = ("Length", "Filter", "DecodeParms")
"""What a stream says of its own packing."""


@pytest.fixture(scope="module")
def written() -> bytes:
    """As Typst writes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.render.pdf.pack_objects", lambda pdf: pdf)
        return render_pdf(sample())


@pytest.fixture(scope="module")
def packed(written: bytes) -> bytes:
    return pack_objects(written)


def objects_of(pdf: bytes) -> list[str]:
    """Every object that a reader reaches, in the order in which it comes to them; they are numbered by it."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        met: dict[int, int] = {}
        waiting: list[PDFObjRef] = []

        def told(thing: Any) -> str:
            if isinstance(thing, PDFObjRef):
                if thing.objid not in met:
                    met[thing.objid] = len(met)
                    waiting.append(thing)
                return f"ref {met[thing.objid]}"
            if isinstance(thing, PDFStream):
                about = {key: each for key, each in thing.attrs.items() if key not in _HOW_PACKED}
                return f"{told(about)} {thing.get_data()!r}"
            if isinstance(thing, dict):
                return f"{{{', '.join(f'{key}: {told(thing[key])}' for key in sorted(thing))}}}"
            return f"[{', '.join(map(told, thing))}]" if isinstance(thing, list) else repr(thing)

        trailer = opened.doc.xrefs[0].get_trailer()
        found = [told(trailer["Root"]), told(trailer["Info"])]
        while waiting:
            found.append(told(waiting.pop(0).resolve()))
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


def test_the_same_pages_give_the_same_bytes(written: bytes, packed: bytes) -> None:
    assert pack_objects(written) == packed
