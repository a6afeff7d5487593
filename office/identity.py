"""``office.yaml``: who an office is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.errors import AgencyDataError
from office.fields import Entry, Text


class BpsSource(Entry):
    """Where BPS has the office's region.

    Attributes:
        domain: Four digits, ``3529``.
        base_year: Base year of constant prices the office's indicators use.
        pins: ``var`` ids chosen by the operator, by measure (``adhb``, ``adhk``, ``growth``,
            ``share``); what is not pinned is found by title.
    """

    domain: Annotated[str, Field(pattern=r"^\d{4}$")]
    base_year: int = 2010
    pins: dict[str, int] = Field(default_factory=dict)


class Office(Entry):
    """``office.yaml``: identity; all that can change in a year stands in the year's own folder.

    Attributes:
        bps: Only where an indicator takes BPS's figures.
    """

    id: Text
    name: Text
    short_name: Text
    region: Text
    town: Text
    letterhead: list[Text]
    contact: Text = Field(description="Surel kontak yang disebut kepada BPS.")
    bps: BpsSource | None = None

    @property
    def short_title(self) -> str:
        """``DKUPP Sumenep``; an office of a province has the province's name, not that of its town."""
        province = self.region.removeprefix("Provinsi ")
        return f"{self.short_name} {self.town if province == self.region else province}"

    @property
    def bps_source(self) -> BpsSource:
        """Where BPS has the office's region.

        Raises:
            AgencyDataError: The office uses no figures of BPS.
        """
        if self.bps is None:
            raise AgencyDataError(
                f"Kantor {self.id} tidak memakai angka BPS: bps tidak ada di office.yaml.",
                todo='tulis bps: {domain: "3529"} dengan kode wilayah kantor di office.yaml.',
            )
        return self.bps
