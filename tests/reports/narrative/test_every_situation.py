"""The whole sentence of every situation that an indicator can be in, in each of its three patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from capaian.measure import Direction, Formula
from capaian.rules import Cap
from capaian.values import parse_value
from office.schema import Agency, Indicator, Institution, Reported, Sasaran, Tujuan
from reports.measured import Measured, MeasuredIndicator
from reports.measuring import measure_year
from reports.narrative.comparison import compared
from reports.narrative.facts import apart
from reports.narrative.progress import progress
from reports.narrative.reasons import unexplained
from reports.narrative.results import result
from reports.reported import reported_realisasi
from reports.traced import plain

KEMENDAGRI = Institution(name="Kemendagri", waiting="Menunggu hasil EPPD", due="April")


class Office:
    """Any office with one indicator alone: *Koperasi aktif* of the sasaran *Koperasi maju*."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency

    def measured(
        self,
        target: str,
        realisasi: str = "",
        *,
        before: str = "",
        target_before: str = "",
        cap: Cap | None = None,
        status: str = "",
        notes: tuple[str, ...] = (),
        **indicator: object,
    ) -> Measured:
        """The year 2023, measured; without ``realisasi`` it waits, without ``before`` it is the first."""
        agency = self._agency
        given = {
            "id": "koperasi", "name": "Koperasi aktif", "short_name": "Koperasi aktif", "unit_label": "%",
            "source_label": "Dinas", **indicator,
        }  # fmt: skip
        made = Indicator.model_validate(given)
        row = {
            "indicator": "koperasi", "source": "Dinas",
            "capaian": Decimal(100) if made.formula is Formula.STATED else None,
        }  # fmt: skip
        rows = [
            {**row, "year": 2023, "value": realisasi, "target": target, "status": status},
            {**row, "year": 2022, "value": before, "target": target_before or target},
        ]
        sasaran = Sasaran(id="maju", text="Koperasi maju", indicators=["koperasi"])
        tujuan = Tujuan(id="usaha", text="Usaha maju", indicators=[], sasaran=[sasaran])
        version = agency.year.versions[-1].model_copy(update={"targets": {"koperasi": parse_value(target)}})
        year = {"versions": [version], "used": version.id, "supports": [], "reasons": []}
        changed = agency.model_copy(
            update={
                "indicators": {"koperasi": made},
                "reported": [Reported.model_validate(each) for each in rows if each["value"]],
                "national": [], "programs": [], "prices": None,
                "year": agency.year.model_copy(update=year),
                "rules": replace(agency.rules, cap=cap or Cap()),
                "renstra": agency.renstra.model_copy(update={"tujuan": [tujuan]}),
            }
        )  # fmt: skip
        taken = reported_realisasi(changed)
        taken["koperasi", 2023] = replace(taken["koperasi", 2023], notes=notes)
        return measure_year(changed, taken)

    def indicator(self, *figures: str, **given: Any) -> MeasuredIndicator:
        """The indicator of that year."""
        return self.measured(*figures, **given).indicators["koperasi"]


@pytest.fixture
def office(agency: Agency) -> Office:
    return Office(agency)


Given = Mapping[str, Any]
REVISION = "Angka direvisi BPS: sebelumnya 87,50% (rilis 4 April 2024), kini 88,00%."
LOWER: Given = {"direction": Direction.LOWER}
RESULTS: Mapping[str, tuple[tuple[str, ...], Given, tuple[str, str, str]]] = {
    "reached": (("80%", "80%"), {}, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan sebesar 80% dan terealisasi "
        "sebesar 80%, sehingga capaiannya sebesar 100% dengan kategori Sangat Tinggi; target telah "
        "tercapai.",
        "Pada sasaran “Koperasi maju”, target sebesar 80% untuk indikator Koperasi aktif telah tercapai; "
        "realisasinya sebesar 80% dengan capaian sebesar 100%, kategori Sangat Tinggi.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat sebesar 80%, telah "
        "memenuhi target sebesar 80%, dengan capaian sebesar 100% dan kategori Sangat Tinggi.",
    )),
    "exceeded, a count": (("200 unit", "1.250 unit"), {}, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan 200 unit dan terealisasi 1.250 "
        "unit, sehingga capaiannya sebesar 625% dengan kategori Sangat Tinggi; target telah jauh "
        "terlampaui.",
        "Pada sasaran “Koperasi maju”, target 200 unit untuk indikator Koperasi aktif telah jauh "
        "terlampaui; realisasinya 1.250 unit dengan capaian sebesar 625%, kategori Sangat Tinggi.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat 1.250 unit, telah jauh "
        "melampaui target 200 unit, dengan capaian sebesar 625% dan kategori Sangat Tinggi.",
    )),
    "missed": (("80%", "52,08%"), {}, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan sebesar 80% dan terealisasi "
        "sebesar 52,08%, sehingga capaiannya sebesar 65,10% dengan kategori Rendah; target belum tercapai.",
        "Pada sasaran “Koperasi maju”, target sebesar 80% untuk indikator Koperasi aktif belum tercapai; "
        "realisasinya sebesar 52,08% dengan capaian sebesar 65,10%, kategori Rendah.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat sebesar 52,08%, belum "
        "memenuhi target sebesar 80%, dengan capaian sebesar 65,10% dan kategori Rendah.",
    )),
    "lower is better, reached": (("14,8%", "11,7%"), LOWER, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan sebesar 14,8% (semakin rendah "
        "semakin baik) dan terealisasi sebesar 11,7%, sehingga capaiannya sebesar 126,50% dengan kategori "
        "Sangat Tinggi; target telah tercapai dengan hasil lebih rendah daripada target.",
        "Pada sasaran “Koperasi maju”, target sebesar 14,8% (semakin rendah semakin baik) untuk indikator "
        "Koperasi aktif telah tercapai dengan hasil lebih rendah daripada target; realisasinya sebesar "
        "11,7% dengan capaian sebesar 126,50%, kategori Sangat Tinggi.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat sebesar 11,7%, lebih "
        "rendah daripada target sehingga telah memenuhi target sebesar 14,8% (semakin rendah semakin baik), "
        "dengan capaian sebesar 126,50% dan kategori Sangat Tinggi.",
    )),
    "lower is better, missed": (("10%", "12,5%"), LOWER, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan sebesar 10% (semakin rendah "
        "semakin baik) dan terealisasi sebesar 12,5%, sehingga capaiannya sebesar 80% dengan kategori "
        "Tinggi; target belum tercapai karena hasilnya lebih tinggi daripada target.",
        "Pada sasaran “Koperasi maju”, target sebesar 10% (semakin rendah semakin baik) untuk indikator "
        "Koperasi aktif belum tercapai karena hasilnya lebih tinggi daripada target; realisasinya sebesar "
        "12,5% dengan capaian sebesar 80%, kategori Tinggi.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat sebesar 12,5%, lebih "
        "tinggi daripada target sehingga belum memenuhi target sebesar 10% (semakin rendah semakin baik), "
        "dengan capaian sebesar 80% dan kategori Tinggi.",
    )),
    "not computable": (("80%", "24 unit"), {}, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan sebesar 80% dan terealisasi 24 "
        "unit, tetapi capaiannya tidak dapat dihitung: satuan target (%) dan realisasi (unit) berbeda.",
        "Pada sasaran “Koperasi maju”, indikator Koperasi aktif dengan target sebesar 80% dan realisasi 24 "
        "unit tidak dapat dihitung capaiannya: satuan target (%) dan realisasi (unit) berbeda.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” tercatat 24 unit dengan target "
        "sebesar 80%, tetapi capaiannya tidak dapat dihitung: satuan target (%) dan realisasi (unit) "
        "berbeda.",
    )),
    "waiting": (("A",), {"institution": KEMENDAGRI}, (
        "Indikator Koperasi aktif pada sasaran “Koperasi maju” ditargetkan A; realisasinya masih menunggu "
        "hasil EPPD dari Kemendagri, diperkirakan April 2024.",
        "Pada sasaran “Koperasi maju”, indikator Koperasi aktif dengan target A belum dapat diukur karena "
        "realisasinya masih menunggu hasil EPPD dari Kemendagri, diperkirakan April 2024.",
        "Realisasi indikator Koperasi aktif pada sasaran “Koperasi maju” dengan target A masih menunggu "
        "hasil EPPD dari Kemendagri, diperkirakan April 2024.",
    )),
}  # fmt: skip
ONE_PATTERN: Mapping[str, tuple[tuple[str, ...], Given, str]] = {
    "realisasi below zero": (("3%", "-3,14%"), {},
        "ditargetkan sebesar 3% dan terealisasi sebesar -3,14% (di bawah nol), sehingga capaiannya sebesar "
        "-104,67% dengan kategori Sangat Rendah; target belum tercapai."),
    "target below zero": (("-2%", "-1%"), {},
        "ditargetkan sebesar -2% (di bawah nol) dan terealisasi sebesar -1% (di bawah nol), sehingga "
        "capaiannya sebesar 150% (target di bawah nol: yang dihitung jarak realisasi dari target) dengan "
        "kategori Sangat Tinggi; target telah terlampaui."),
    "target zero": (("0%", "0%"), LOWER,
        "ditargetkan sebesar 0% (semakin rendah semakin baik) dan terealisasi sebesar 0%, sehingga "
        "capaiannya sebesar 100% (target nol tidak dapat menjadi pembagi: tercapai dihitung 100, tidak "
        "tercapai 0) dengan kategori Sangat Tinggi; target telah tercapai."),
    "capped": (("10%", "30%"), {"cap": Cap(Decimal(120))},
        "ditargetkan sebesar 10% dan terealisasi sebesar 30%, sehingga capaiannya sebesar 120% (dibatasi "
        "120%; hasil hitungnya 300,00%) dengan kategori Sangat Tinggi; target telah terlampaui."),
    "stated": (("80%", "80%"), {"formula": Formula.STATED},
        "ditargetkan sebesar 80% dan terealisasi sebesar 80%, sehingga capaiannya sebesar 100% (dinyatakan "
        "kantor, tidak dihitung) dengan kategori Sangat Tinggi; target telah tercapai."),
    "grades": (("A", "BB"), {},
        "ditargetkan A dan terealisasi BB, sehingga capaiannya sebesar 83,33% (1 tingkat di bawah target "
        "pada skala AA, A, BB, B, CC, C, D) dengan kategori Tinggi; target belum tercapai."),
    "a bound": (("≥ 80%", "85%"), {},
        "ditargetkan paling rendah 80% dan terealisasi sebesar 85%, sehingga capaiannya sebesar 100% "
        "(target relatif: terpenuhi dihitung 100) dengan kategori Sangat Tinggi; target telah tercapai."),
    "a range": (("5-6%", "5,5%"), {},
        "ditargetkan dalam rentang 5-6% dan terealisasi sebesar 5,5%, sehingga capaiannya sebesar 100% (di "
        "dalam rentang target) dengan kategori Sangat Tinggi; target telah tercapai."),
    "provisional": (("80%", "88%"), {"status": "sangat sementara"},
        "ditargetkan sebesar 80% dan terealisasi sebesar 88%**, sehingga capaiannya sebesar 110%** dengan "
        "kategori Sangat Tinggi; target telah terlampaui; angka ini masih sangat sementara menurut DKUPP "
        "dan dapat direvisi."),
    "revised": (("80%", "88%"), {"notes": (REVISION,)},
        "ditargetkan sebesar 80% dan terealisasi sebesar 88%, sehingga capaiannya sebesar 110% dengan "
        "kategori Sangat Tinggi; target telah terlampaui; angka direvisi BPS: sebelumnya 87,50% (rilis 4 "
        "April 2024), kini 88,00%."),
    "not yet reported": (("80%",), {}, "ditargetkan sebesar 80%; realisasinya masih belum dilaporkan."),
}  # fmt: skip


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("situation", RESULTS)
def test_what_was_reached(office: Office, situation: str, place: int) -> None:
    figures, given, sentences = RESULTS[situation]
    assert plain(result(office.indicator(*figures, **given), place)) == sentences[place]


@pytest.mark.parametrize("situation", ONE_PATTERN)
def test_what_must_be_told_beside_it(office: Office, situation: str) -> None:
    figures, given, words = ONE_PATTERN[situation]
    start = "Indikator Koperasi aktif pada sasaran “Koperasi maju” "
    assert plain(result(office.indicator(*figures, **given), 0)) == start + words


COMPARED: Mapping[str, tuple[tuple[str, ...], Given, str]] = {
    "higher": (("80%", "88%"), {"before": "60%"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” naik dari 75% pada tahun 2022 "
        "menjadi 110% pada tahun 2023; realisasinya naik 28 poin persentase dari 60% menjadi 88%."),
    "lower, another target": (("80%", "60%"), {"before": "60%", "target_before": "60%"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” turun dari 100% pada tahun 2022 "
        "menjadi 75% pada tahun 2023; realisasinya tetap 60%; targetnya berubah dari 60% menjadi 80%."),
    "a count, the same": (("80 unit", "80 unit"), {"before": "80 unit"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” tetap 100% seperti pada tahun 2022; "
        "realisasinya tetap 80 unit."),
    "a count, fewer": (("80 unit", "40 unit"), {"before": "1.080 unit"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” turun dari 1.350% pada tahun 2022 "
        "menjadi 50% pada tahun 2023; realisasinya turun 1.040 unit dari 1.080 unit menjadi 40 unit."),
    "less is better": (("10%", "8%"), {"before": "12,5%", **LOWER},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” naik dari 80% pada tahun 2022 "
        "menjadi 125% pada tahun 2023; realisasinya turun 4,5 poin persentase dari 12,5% menjadi 8% "
        "(semakin rendah semakin baik)."),
    "below zero": (("3%", "-3,14%"), {"before": "-3,27%"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” naik dari -109% pada tahun 2022 "
        "menjadi -104,67% pada tahun 2023; realisasinya naik 0,13 poin persentase dari -3,27% menjadi "
        "-3,14%."),
    "grades": (("A", "A"), {"before": "BB"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” naik dari 83,33% pada tahun 2022 "
        "menjadi 100% pada tahun 2023; realisasinya berubah dari BB menjadi A."),
    "first year": (("80%", "88%"), {},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” sebesar 110% pada tahun 2023 belum "
        "dapat dibandingkan karena capaian tahun 2022 tidak tersedia."),
    "not computable": (("80%", "24 unit"), {"before": "60%"},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” tidak dapat dibandingkan dengan "
        "tahun 2022 karena capaian tahun 2023 tidak dapat dihitung: satuan target (%) dan realisasi (unit) "
        "berbeda."),
    "waiting": (("80%",), {"before": "60%", "institution": KEMENDAGRI},
        "Capaian indikator Koperasi aktif pada sasaran “Koperasi maju” belum dapat dibandingkan dengan "
        "tahun 2022 karena realisasi tahun 2023 masih menunggu hasil EPPD dari Kemendagri, diperkirakan "
        "April 2024."),
}  # fmt: skip


@pytest.mark.parametrize("situation", COMPARED)
def test_beside_the_year_before(office: Office, situation: str) -> None:
    figures, given, sentence = COMPARED[situation]
    assert plain(compared(office.indicator(*figures, **given), 0, 2023, 2022)) == sentence


END: Given = {"renstra_targets": {2026: "100%"}}
PROGRESS: Mapping[str, tuple[tuple[str, ...], Given, str]] = {
    "beyond the end": (("80%", "110%"), END,
        "sebesar 110,00%, yaitu realisasi sebesar 110% pada tahun 2023 terhadap target sebesar 100% pada "
        "akhir Renstra tahun 2026; target akhir Renstra sudah terlampaui."),
    "reached this year": (("80%", "80%"), END,
        "sebesar 80,00%, yaitu realisasi sebesar 80% pada tahun 2023 terhadap target sebesar 100% pada "
        "akhir Renstra tahun 2026; target tahun 2023 sudah tercapai, tetapi target akhir Renstra belum "
        "tercapai."),
    "missed": (("80%", "60%"), END,
        "sebesar 60,00%, yaitu realisasi sebesar 60% pada tahun 2023 terhadap target sebesar 100% pada "
        "akhir Renstra tahun 2026; target tahun 2023 belum tercapai."),
    "less is better": (("12%", "8%"), {"renstra_targets": {2026: "10%"}, **LOWER},
        "sebesar 125,00%, yaitu realisasi sebesar 8% pada tahun 2023 terhadap target sebesar 10% (semakin "
        "rendah semakin baik) pada akhir Renstra tahun 2026; target akhir Renstra sudah tercapai."),
    "not computable": (("80%", "24 unit"), END,
        "tidak dapat dihitung: satuan target (%) dan realisasi (unit) berbeda."),
    "waiting": (("80%",), {**END, "institution": KEMENDAGRI},
        "belum dapat dihitung karena realisasinya masih menunggu hasil EPPD dari Kemendagri, diperkirakan "
        "April 2024."),
}  # fmt: skip


@pytest.mark.parametrize("situation", PROGRESS)
def test_on_the_way_to_the_end_of_the_renstra(office: Office, situation: str) -> None:
    figures, given, words = PROGRESS[situation]
    (said,) = map(plain, progress(office.measured(*figures, **given)))
    assert said == f"Tingkat kemajuan indikator Koperasi aktif pada sasaran “Koperasi maju” {words}"


def test_a_missed_target_without_a_noted_cause_is_named_to_the_office_and_given_none(office: Office) -> None:
    measured = office.measured("80%", "60%", **END)
    assert [m.id for m in unexplained(measured)] == ["koperasi"]
    (said,) = map(plain, progress(measured))
    assert said.endswith("target tahun 2023 belum tercapai.")


@pytest.mark.parametrize(
    ("figures", "words"),
    [(("80%", "80%"), {}), (("80%",), {}), (("80%", "60%"), {"cause": "bahan baku langka"})],
)
def test_what_is_reached_waits_or_is_explained_needs_no_cause(
    office: Office, figures: tuple[str, ...], words: dict[str, str]
) -> None:
    measured = office.measured(*figures)
    m = replace(measured.indicators["koperasi"], **words)
    assert unexplained(replace(measured, indicators={m.id: m})) == []


def test_places_and_not_what_waits_choose_the_patterns() -> None:
    assert list(apart([0, 1, 2, 3], 3)) == [0, 1, 2, 0]
    assert list(apart([0, 2, 3], 3)) == [0, 2, 0]


def test_the_same_pattern_never_follows_itself_where_indicators_are_left_out() -> None:
    assert list(apart([0, 3, 4], 3)) == [0, 2, 1]
