"""Another office's rules, institutions and figures that cannot be measured, through the whole report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from capaian.measure import Formula
from capaian.rules import (
    DEFAULT,
    Averages,
    Cap,
    Categories,
    Category,
    Efficiency,
    Meaning,
    Over,
    Print,
    Rules,
)
from capaian.values import Quantity, parse_value
from office.printed import PrintedTable
from office.schema import Agency, Institution
from reports.changes import compare_reports
from reports.content import IssueInfo, Report, build_report
from reports.mail import compose_mail
from reports.method import category_rule
from reports.reported import reported_realisasi, waiting_for
from reports.standing import Standing

EPPD = Institution(name="Kemendagri", waiting="Menunggu hasil EPPD dari Kemendagri", due="April")
JABAR = Categories(
    (
        Category("Sangat baik", Decimal(100), included=False, printed="> 100"),
        Category("Baik", Decimal(80), printed="80 – 100"),
        Category("Sedang", Decimal(55), printed="55 – 80"),
        Category("Kurang", None, printed="< 55"),
    ),
    source="LKIP Disperindag Jawa Barat 2016",
)
OfficeMaker = Callable[..., Report]


@pytest.fixture(scope="module")
def office(agency: Agency) -> OfficeMaker:
    """The report of an office like Sumenep's, with other rules, indicators and realisasi."""

    def make(
        rules: Rules = DEFAULT,
        indicators: dict[str, dict[str, Any]] | None = None,
        reported: dict[str, dict[str, Any]] | None = None,
        without: tuple[str, ...] = (),
        **update: object,
    ) -> Report:
        changed = {
            name: each.model_copy(update=(indicators or {}).get(name, {}))
            for name, each in agency.indicators.items()
        }
        rows = [
            row.model_copy(update=(reported or {}).get(row.indicator, {}) if row.year == 2023 else {})
            for row in agency.reported
            if row.year != 2023 or row.indicator not in without
        ]
        other = agency.model_copy(update={"rules": rules, "indicators": changed, "reported": rows, **update})
        return build_report(other, reported_realisasi(other), issue=IssueInfo(1, date(2024, 1, 31)))

    return make


def row_of(report: Report, number: str, name: str) -> list[str]:
    return next(row for row in report.tables[number].flat_rows() if name in row)


def test_table_3_1_and_every_category_follow_the_office_s_scale(office: OfficeMaker) -> None:
    report = office(rules=replace(DEFAULT, categories=JABAR))
    assert [row[1:] for row in report.tables["kategori"].flat_rows()] == [
        ["Sangat baik", "> 100"], ["Baik", "80 – 100"], ["Sedang", "55 – 80"], ["Kurang", "< 55"],
    ]  # fmt: skip
    assert (
        row_of(report, "capaian", "Persentase Pelaku Usaha UMKM yang Pendapatannya Meningkat")[6]
        == "Sangat baik"
    )
    assert "di atas 100" in category_rule(JABAR, "tabel 3.1")
    (told,) = [rule for rule in report.as_json()["rules"] if "Kategori ditentukan" in rule]
    assert told.endswith("Sumber: LKIP Disperindag Jawa Barat 2016.")


def test_efficiency_as_what_was_saved(office: OfficeMaker) -> None:
    report = office(rules=replace(DEFAULT, efficiency=Efficiency(Meaning.SAVED)))
    levels = {row[1]: row[8] for row in report.tables["efisiensi"].flat_rows()}
    assert levels["Persentase Pertumbuhan UMKM"] == "2,18%"  # 100 - 97,82
    said = " ".join(report.sentences["efisiensi"])
    assert (
        "Persentase Pertumbuhan UMKM memiliki tingkat efisiensi sebesar 2,18% yang tergolong tidak efisien"
        in said
    ), "what is left where the target is missed saved nothing"
    assert not {"rendah", "tinggi"} & set(said.split()), "a larger share may be the less efficient one"
    assert "≥ 1" not in report.sentences["penggunaan-anggaran"][0]
    steps = next(o.steps for o in report.origins if o.figure == "pertumbuhan-umkm")
    assert "Tingkat efisiensi: 100% - 97,82% = 2,18% (tidak efisien)." in steps


def test_an_average_over_the_computable_ones_says_over_how_many(office: OfficeMaker) -> None:
    goals, objectives = office(rules=replace(DEFAULT, averages=Averages(Over.COMPUTABLE))).sentences[
        "rata-rata"
    ]
    assert "dari 3 dari 5 indikator" in goals
    assert "dari 4 dari 6 indikator" in objectives


def test_a_cap_is_shown_and_told(office: OfficeMaker) -> None:
    report = office(rules=replace(DEFAULT, cap=Cap(Decimal(120))))
    assert row_of(report, "capaian", "Persentase Pelaku Usaha UMKM yang Pendapatannya Meningkat")[5] == "120%"
    steps = next(o.steps for o in report.origins if o.figure == "pendapatan-umkm")
    assert any("Dibatasi 120%; hasil hitungnya 232,00%." in step for step in steps)
    assert any("dibatasi paling banyak 120%" in rule for rule in report.as_json()["rules"])


@pytest.fixture(scope="module")
def unmeasurable(office: OfficeMaker) -> Report:
    """A target in per cent, a realisasi in units: nobody can say whether it is reached."""
    return office(reported={"pendapatan-umkm": {"value": parse_value("24 unit")}})


def test_what_cannot_be_computed_is_neither_reached_nor_missed(unmeasurable: Report) -> None:
    m = unmeasurable.measured.indicators["pendapatan-umkm"]
    assert m.standing is Standing.NOT_COMPUTABLE
    (foreword,) = unmeasurable.sentences["ringkasan"]
    assert "1 indikator tidak dapat dihitung capaiannya (UMKM yang pendapatannya meningkat)" in foreword
    assert "UMKM yang pendapatannya meningkat" not in foreword.split("tidak dapat dihitung")[0]
    (achieved,) = unmeasurable.sentences["pencapaian"]
    assert (
        "1 indikator sasaran tidak dapat dihitung capaiannya (Persentase Pelaku Usaha UMKM yang "
        "Pendapatannya Meningkat)" in achieved
    )
    assert "tidak dapat dihitung capaiannya" in unmeasurable.sentences["rata-rata"][1]


def test_its_reason_stands_in_rows_changes_and_mail(unmeasurable: Report) -> None:
    (row,) = [row for row in unmeasurable.indicator_rows() if row["id"] == "pendapatan-umkm"]
    assert row["standing"] == "not_computable"
    assert "Satuan target (%) dan realisasi (unit) berbeda" in row["not_computable"]
    changes = compare_reports(None, unmeasurable.as_json())
    assert [entry["id"] for entry in changes["not_computable"]] == ["pendapatan-umkm"]
    mail = compose_mail(unmeasurable, changes, sender="a@b.example", recipients=["c@d.example"])
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            assert "Satuan target (%) dan realisasi (unit) berbeda" in " ".join(part.get_content().split())


def test_a_year_in_which_all_sasaran_wait_is_not_called_missed(office: OfficeMaker, agency: Agency) -> None:
    report = office(without=tuple(agency.indicators))
    (foreword,) = report.sentences["ringkasan"]
    assert foreword.startswith("Capaian kinerja sasaran belum dapat dinilai, karena ")
    assert "belum sesuai" not in foreword


def test_who_is_waited_for_is_the_institution_and_not_bps(office: OfficeMaker) -> None:
    report = office(indicators={"kinerja-pd": {"institution": EPPD}}, without=("kinerja-pd",))
    m = report.measured.indicators["kinerja-pd"]
    assert waiting_for(m) == "menunggu Kemendagri, April 2024"
    assert row_of(report, "efisiensi", "Meningkatnya capaian kinerja Perangkat Daerah")[3] == EPPD.waiting
    said = next(s for s in report.sentences["efisiensi"] if "Persentase capaian kinerja PD" in s)
    assert "karena realisasinya masih menunggu hasil EPPD dari Kemendagri, diperkirakan April 2024" in said
    changes = compare_reports(None, report.as_json())
    assert changes["summary"] == "terbitan pertama, 5 indikator menunggu BPS dan Kemendagri"
    assert {"reason": EPPD.waiting, "due": "April 2024"}.items() <= next(
        entry for entry in changes["waiting"] if entry["id"] == "kinerja-pd"
    ).items()


def test_an_institution_without_words_is_named(office: OfficeMaker) -> None:
    report = office(indicators={"sakip": {"institution": Institution(name="BPK")}}, without=("sakip",))
    assert report.measured.indicators["sakip"].realisasi.reason == "Menunggu BPK"


def test_a_provisional_figure_names_whose_it_is(office: OfficeMaker) -> None:
    report = office(
        indicators={"pendapatan-umkm": {"institution": EPPD}},
        reported={"pendapatan-umkm": {"status": "sementara"}, "kinerja-pd": {"status": "sangat sementara"}},
    )
    assert (
        row_of(report, "capaian", "Persentase Pelaku Usaha UMKM yang Pendapatannya Meningkat")[4] == "16,24%*"
    )
    assert "* Angka sementara menurut Kemendagri." in report.tables["capaian"].notes
    assert any("sementara menurut Kemendagri dan dapat direvisi" in s for s in report.sentences["capaian"])
    assert "** Angka sangat sementara menurut Kemendagri dan DKUPP." in report.tables["efisiensi"].notes
    body = report.document().body
    assert "Angka bertanda * masih sementara menurut Kemendagri dan DKUPP" in body


def test_a_sasaran_with_several_indicators_is_named_with_each(office: OfficeMaker, agency: Agency) -> None:
    renstra = agency.renstra.model_copy(deep=True)
    tujuan = next(t for t in renstra.tujuan if t.id == "koperasi-umkm")
    first, second = tujuan.sasaran
    merged = first.model_copy(update={"indicators": [*first.indicators, *second.indicators]})
    changed = [t.model_copy(update={"sasaran": [merged]}) if t.id == tujuan.id else t for t in renstra.tujuan]
    report = office(renstra=renstra.model_copy(update={"tujuan": changed}))
    both = [s for s in report.sentences["akhir-renstra"] if first.text in s]
    names = [agency.indicators[name].name for name in merged.indicators]
    assert len(both) == 2
    for sentence, name in zip(sorted(both), sorted(names), strict=True):
        assert f"indikator {name}" in sentence
    labels = [row[1] for row in report.tables["efisiensi"].flat_rows()]
    assert set(names) <= set(labels)


def test_a_capaian_is_never_lower_than_one_that_looks_the_same(office: OfficeMaker) -> None:
    report = office(
        reported={"pendapatan-umkm": {"value": Quantity(Decimal("12.21499"))}}  # 174,4998...% beside 174,5%
    )
    said = next(s for s in report.sentences["tahun-lalu"] if "Pendapatan Pelaku UMKM" in s)
    assert "hampir tetap dari 174,50% pada tahun 2022 menjadi 174,50% pada tahun 2023" in said


def test_a_stated_capaian_is_told_to_be_stated(office: OfficeMaker) -> None:
    report = office(
        indicators={"kinerja-pd": {"formula": Formula.STATED}},
        reported={"kinerja-pd": {"capaian": Decimal("98.8")}},
    )
    m = report.measured.indicators["kinerja-pd"]
    assert (m.percent, m.standing) == (Decimal("98.8"), Standing.MISSED)
    steps = next(o.steps for o in report.origins if o.figure == "kinerja-pd")
    assert any("dinyatakan kantor = 98,80%. Capaian dinyatakan kantor, tidak dihitung." in s for s in steps)
    assert "Capaian Capaian kinerja PD dinyatakan kantor, tidak dihitung." in report.as_json()["rules"]


def test_a_print_that_cuts_decimals_off_is_told_so(office: OfficeMaker, agency: Agency) -> None:
    table = agency.printed["capaian"]
    rows = [[cell.replace("232%", "190,47%") for cell in row] for row in table.rows]
    report = office(
        rules=replace(DEFAULT, printed=Print(truncated=True)),
        reported={"pendapatan-umkm": {"value": Quantity(Decimal("13.333"))}},  # 190,471...
        printed={"capaian": PrintedTable(name="capaian", header=table.header, rows=rows)},
    )
    assert not [f for f in report.findings if "190,47" in f.ours and "Capaian" in f.place]
    rows = [[cell.replace("190,47%", "190,4%") for cell in row] for row in rows]
    report = office(
        rules=replace(DEFAULT, printed=Print(truncated=True)),
        reported={"pendapatan-umkm": {"value": Quantity(Decimal("13.333"))}},
        printed={"capaian": PrintedTable(name="capaian", header=table.header, rows=rows)},
    )
    (finding,) = [f for f in report.findings if f.printed == "190,4%"]
    assert "cetakan memotong desimal" in finding.explanation


def test_a_provisional_figure_of_another_institution_is_no_release_of_bps(office: OfficeMaker) -> None:
    given = {"indicators": {"kinerja-pd": {"institution": EPPD}}}
    before = office(**given, without=("kinerja-pd",))
    after = office(**given, reported={"kinerja-pd": {"status": "sementara"}})
    changes = compare_reports(before.as_json(), after.as_json())
    assert changes["summary"] == "1 indikator terisi"
    mail = compose_mail(after, changes, sender="a@b.example", recipients=["c@d.example"])
    (plain, _) = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    assert "(angka sementara Kemendagri)" in plain.get_content()
