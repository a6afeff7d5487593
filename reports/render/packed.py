"""A PDF with its many small objects packed into compressed streams: it looks the same and weighs a third.

A tagged PDF says of every cell what it is, each in an object of its own, and Typst writes them as plain
text. PDF 1.5 and PDF/A-2 and later let them stand in object streams. qpdf packs them, with a zlib of its own:
the same version gives the same bytes on every machine.
"""

from __future__ import annotations

import io


def pack_objects(pdf: bytes) -> bytes:
    """The same PDF with every object that is no stream in a compressed one.

    Args:
        pdf: As Typst writes it.

    Raises:
        pikepdf.PdfError: It is no PDF.
    """
    import pikepdf  # noqa: PLC0415 - only a report that is set needs it

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,  # Typst's own metadata are those of PDF/A
        )
    return packed.getvalue()
