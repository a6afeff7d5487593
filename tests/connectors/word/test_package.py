"""Word files of strangers: within limits, without macros and passwords; each refusal says what to do."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

import core.word_package
from connectors.word import package
from connectors.word.package import read_word
from core.errors import SourceError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
BODY = f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'


def word_file(body: str = BODY, kind: str = MAIN, **parts: bytes) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", body)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(SourceError) as told:
        read_word(content, "laporan.docx")
    assert told.value.message.startswith("Berkas 'laporan.docx'")
    assert told.value.todo
    return told.value.message


def test_a_word_file_gives_its_text() -> None:
    assert list(read_word(word_file(), "laporan.docx").stories) == ["word/document.xml"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (word_file(kind=MACROS), "makro"),
        (word_file(word__vbaProject_bin=b"x"), "makro"),
        (word_file(kind="application/xml"), "bukan dokumen Word"),
        (word_file("<w:document"), "rusak"),
        (word_file(f'<!DOCTYPE a [<!ENTITY b "c">]>{BODY}'), "tidak lazim"),
        (word_file(BODY.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")), "Strict"),
        (word_file(word__media_png=b"\0" * (11 * 2**20)), "membengkak"),
        (word_file()[:-30], "rusak"),
        (b"PK\x03\x04 bukan zip", "rusak"),
        (b"", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rusak"),
    ],
    ids=("docm", "vba", "jenis", "potong", "entitas", "strict", "bom", "ekor", "semu", "kosong", "ole"),
)
def test_what_cannot_be_used_is_refused(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_file_of_very_many_tags_is_refused_before_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LIMITS", replace(package.LIMITS, tags=4))
    assert "jauh lebih banyak" in refused(word_file())


def test_a_part_that_is_broken_inside_is_told() -> None:
    content = bytearray(word_file(word__header_xml=b"z" * 4000))
    place = content.index(b"word/document.xml") + len("word/document.xml") + 4
    content[place] ^= 0xFF
    assert "rusak" in refused(bytes(content))


@pytest.mark.parametrize(("stream", "said"), [("EncryptedPackage", "sandi"), ("WordDocument", "lama")])
def test_locked_and_old_files_are_told_apart(monkeypatch: pytest.MonkeyPatch, stream: str, said: str) -> None:
    class Ole:
        def __init__(self, _file: object) -> None: ...
        def __enter__(self) -> Ole:
            return self

        def __exit__(self, *_: object) -> None: ...
        def exists(self, name: str) -> bool:
            return name == stream

    monkeypatch.setattr(core.word_package.olefile, "OleFileIO", Ole)
    assert said in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
