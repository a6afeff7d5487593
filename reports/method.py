"""How the report measures, told to its readers (lampiran "Cara pengukuran")."""

from __future__ import annotations

from capaian.category import RULE
from capaian.measure import Direction, Method
from capaian.prices.rules_text import describe_rules
from capaian.values import GRADES
from reports.measured import Measured
from reports.wording import join_words


def rules(measured: Measured) -> tuple[str, ...]:
    """The rules that this report's figures follow, in Indonesian."""
    year = measured.agency.year
    lower = [m.indicator for m in measured.indicators.values() if m.indicator.direction is Direction.LOWER]
    used = {m.version.id for m in measured.indicators.values()}
    versions = [version for version in reversed(year.versions) if version.id in used]
    documents = "; ".join(
        f"{version.name}: "
        + join_words(
            [m.indicator.short_name for m in measured.indicators.values() if m.version.id == version.id]
        )
        for version in versions
    )
    texts = [
        "Capaian indikator yang makin besar makin baik: realisasi / target x 100.",
        *(
            f"Capaian {indicator.short_name} (makin kecil makin baik): "
            + (
                "target / realisasi x 100."
                if indicator.method is Method.RATIO
                else "(2 x target - realisasi) / target x 100 (PermenPANRB)."
            )
            for indicator in lower
        ),
        f"Predikat huruf bersifat urutan ({', '.join(GRADES)}): sama dengan target atau lebih baik dihitung "
        "100; setiap tingkat di bawah target mengurangi capaian dengan bagian yang sama besar.",
        "Target atau realisasi nol yang harus menjadi pembagi: tercapai dihitung 100, tidak tercapai 0. "
        "Target di bawah nol: yang dihitung jarak realisasi dari target.",
        RULE,
        "Tingkat kemajuan: rumus capaian yang sama terhadap target akhir Renstra, menurut arah indikator.",
        "Tingkat efisiensi: capaian kinerja / capaian anggaran; 1 atau lebih berarti efisien. Nilainya "
        "rasio, bukan persentase.",
        "Rata-rata capaian hanya dihitung bila tidak ada indikator yang menunggu.",
        "Pertumbuhan PDRB: (ADHK tahun n - ADHK tahun n-1) / ADHK tahun n-1 x 100; kontribusi: ADHB "
        "sektor / ADHB total x 100; semua dari satu rilis BPS yang sama.",
        "Pembulatan setengah ke atas hanya pada angka yang ditampilkan; perhitungan memakai angka penuh.",
        f"Target {year.year} diambil dari dokumen terbaru yang memuat indikatornya. {documents}.",
        *(describe_rules(measured.prices.fluctuation.rules) if measured.prices else ()),
    ]
    return tuple(texts)
