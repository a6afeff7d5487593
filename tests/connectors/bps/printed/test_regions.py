"""Whose table it is: a neighbour's book must not be taken for the office's."""

from __future__ import annotations

import pytest

from connectors.bps.printed.regions import fits_region

OWN = "Kabupaten Sumenep"
BOOK = "Produk Domestik Regional Bruto Kabupaten Sumenep Menurut Lapangan Usaha 2019-2023"


@pytest.mark.parametrize(
    ("caption", "title", "fits"),
    [
        ("PDRB Kabupaten Sumenep Atas Dasar Harga Berlaku Menurut Lapangan Usaha", "", True),
        ("Produk Domestik Regional Bruto Sumenep Atas Dasar Harga Berlaku Menurut Lapangan Usaha", "", True),
        ("PDRB Kab. Sumenep ADHB Menurut Lapangan Usaha", "", True),
        ("PDRB Menurut Lapangan Usaha di Kabupaten Sumenep (Juta Rupiah)", "", True),
        ("PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Miliar Rupiah)", BOOK, True),
        ("[Seri 2010] PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha", BOOK, True),
        ("PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Miliar Rupiah)", "", False),
        ("PDRB Kabupaten Pamekasan Atas Dasar Harga Berlaku Menurut Lapangan Usaha", BOOK, False),
        ("PDRB Pamekasan Atas Dasar Harga Berlaku Menurut Lapangan Usaha", BOOK, False),
        ("PDRB Provinsi Jawa Timur Atas Dasar Harga Berlaku Menurut Lapangan Usaha", BOOK, False),
        ("PDRB Jawa Timur Menurut Lapangan Usaha", BOOK, False),
        ("PDRB Menurut Lapangan Usaha di Jawa Timur", BOOK, False),
        ("PDRB Atas Dasar Harga Konstan 2010 Kota Mojokerto Menurut Lapangan Usaha (persen)", BOOK, False),
        ("PDRB Atas Dasar Harga Konstan 2010 Mojokerto Menurut Lapangan Usaha (persen)", BOOK, False),
        ("PDRB Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha (persen), 2019–2023", BOOK, True),
        ("PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha Jawa Timur (persen)", BOOK, False),
        ("PDRB Kota Sumenep Atas Dasar Harga Berlaku Menurut Lapangan Usaha", BOOK, False),
        ("PDRB Kabupaten Sumenepan Menurut Lapangan Usaha", "", False),
    ],
)
def test_the_caption_decides_and_without_a_name_the_title(caption: str, title: str, fits: bool) -> None:
    assert fits_region(caption, title, OWN) is fits


def test_a_city_is_not_the_regency_of_the_same_name() -> None:
    assert not fits_region("PDRB Kota Mojokerto Menurut Lapangan Usaha", "", "Kabupaten Mojokerto")
    assert fits_region("PDRB Kota Mojokerto Menurut Lapangan Usaha", "", "Kota Mojokerto")


def test_the_english_half_names_no_other_region() -> None:
    caption = (
        "PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha Gross Regional Domestic Product by Industry"
    )
    assert fits_region(caption, BOOK, OWN)
