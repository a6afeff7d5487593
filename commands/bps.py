"""``lkjip poll``, ``series`` and ``sources``: BPS asked, and what is kept of it."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.indonesian import Command, group
from commands.workspace import Agency, AsJson, Now, Year, open_workspace

sources = group("Apa yang ada pada sumber data.")
Domain = Annotated[str, typer.Option("--domain", help="Wilayah BPS, empat angka; bawaan wilayah instansi.")]


def poll(
    agency: Agency = None,
    year: Year = None,
    domains: Annotated[
        str | None,
        typer.Option(
            "--domains", help="Wilayah lain: kode empat angka, dua angka untuk satu provinsi, atau semua."
        ),
    ] = None,
    accept_revision: Annotated[
        bool, typer.Option("--accept-revision", help="Terima perubahan besar yang sudah diperiksa orang.")
    ] = False,
    now: Now = False,
    as_json: AsJson = False,
) -> None:
    """Periksa rilis PDRB di BPS dan simpan angkanya; laporan belum disusun ulang."""
    if domains is not None:
        from jobs.bps.poll_many import choose_domains, poll_domains  # noqa: PLC0415

        space = open_workspace(agency, year)
        many = poll_domains(space, choose_domains(space, domains, now=now))
        output.tell(many, as_json)
        return
    from jobs.bps.poll import poll_bps  # noqa: PLC0415

    result = poll_bps(open_workspace(agency, year), accept_revision=accept_revision, now=now)
    output.tell(result, as_json)


@sources.command("bps", cls=Command, short_help="Tabel PDRB suatu wilayah di BPS.")
def sources_bps(domain: Domain = "", agency: Agency = None, as_json: AsJson = False) -> None:
    """Tabel PDRB yang ditemukan di BPS, kategori dan tahunnya, dan mengapa tabel itu dipilih."""
    from jobs.bps.sources import inspect_bps  # noqa: PLC0415

    found = inspect_bps(open_workspace(agency, read_only=True), domain)
    output.tell(found, as_json)


def series(
    sector: Annotated[str, typer.Option("--sector", help="Kategori lapangan usaha, misalnya C, atau TOTAL.")],
    measure: Annotated[str, typer.Option("--measure", help="adhb, adhk, growth atau share.")] = "adhk",
    domain: Domain = "",
    agency: Agency = None,
    as_json: AsJson = False,
) -> None:
    """Angka tersimpan sebuah kategori, dengan status dan setiap vintage-nya."""
    from jobs.bps.series import read_series  # noqa: PLC0415

    found = read_series(open_workspace(agency, read_only=True), domain, sector, measure)
    output.tell(found, as_json)
