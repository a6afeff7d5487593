"""What a form sends: its fields, and the files that go with them, within bounds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

LARGEST_FIELDS = 16 * 1024
"""Bytes that the fields of a form may have, apart from its files."""
MOST_FIELDS = 400
"""As many as a form with a field for each indicator may have."""
MOST_FILES = 20
LARGEST_UPLOAD = 100 * 1024 * 1024
"""Bytes of all files of a form together, as many as one dropped file may have."""

_PLAIN = "application/x-www-form-urlencoded"
_WITH_FILES = "multipart/form-data"


@dataclass(frozen=True)
class Form:
    """A form that was sent.

    Attributes:
        fields: Of one that came twice the last.
        files: By the name of their field, in the order they came; they are closed with the request.
    """

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[UploadFile]] = field(default_factory=dict)


async def read_form(request: Request, *, with_files: bool) -> Form:
    """Read the form of a request.

    Args:
        request: Whose form it is.
        with_files: Whether files are taken here; what is longer than a megabyte goes to the disk.

    Raises:
        HTTPException: It is too large, or none that a page of ours sends.
    """
    kind = request.headers.get("content-type", "")
    if with_files and kind.startswith(_WITH_FILES):
        return await _read_parts(request)
    body = b"".join([part async for part in _bounded(request, LARGEST_FIELDS)])
    if not kind.startswith(_PLAIN):
        raise HTTPException(415, "Isian tidak dikenal.")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as cause:
        raise HTTPException(400, "Isian tidak dapat dibaca.") from cause
    return Form(dict(pairs))


async def close_files(form: Form) -> None:
    """Let go of the files of a form; those on the disk are gone then."""
    for files in form.files.values():
        for file in files:
            await file.close()


async def _read_parts(request: Request) -> Form:
    parser = MultiPartParser(
        request.headers,
        _bounded(request, LARGEST_UPLOAD + LARGEST_FIELDS),
        max_files=MOST_FILES,
        max_fields=MOST_FIELDS,
        max_part_size=LARGEST_FIELDS,
    )
    try:
        sent = await parser.parse()
    except (MultiPartException, ValueError, LookupError) as cause:
        raise HTTPException(400, "Isian tidak dapat dibaca.") from cause
    form = Form()
    for name, value in sent.multi_items():
        if not isinstance(value, UploadFile):
            form.fields[name] = value
        elif value.filename:  # browsers send one without a name where none was chosen
            form.files.setdefault(name, []).append(value)
    return form


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise HTTPException(413, "Isian terlalu besar.")
        yield part
