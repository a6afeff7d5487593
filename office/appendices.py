"""The lampiran of an office's report (``year.yaml``)."""

from __future__ import annotations

from enum import StrEnum

from office.fields import Entry, Text


class AppendixKind(StrEnum):
    """What a lampiran holds: composed from data, or a document that is attached apart."""

    SEPARATE = "separate"
    RENSTRA = "renstra"
    IKU = "iku"
    AGREEMENT = "agreement"


class Appendix(Entry):
    """A lampiran of the printed report."""

    title: Text
    kind: AppendixKind = AppendixKind.SEPARATE
