"""The rules of measuring prices in sentences, so that a reader can compute the indicator again."""

from __future__ import annotations

from capaian.prices.rules import LASTS_AFTER, Basis, Deviation, Doubt, Method, Rules
from core.numbers import format_number, format_percent

_METHODS = {
    Method.VARIATION: (
        "Fluktuasi harga suatu komoditas adalah koefisien variasi harganya selama setahun, yaitu simpangan "
        "baku / rata-rata x 100% (Permendag 5/2024)."
    ),
    Method.MONTHLY_CHANGE: (
        "Fluktuasi harga suatu komoditas adalah rata-rata perubahan bulanan mutlak, yaitu rata-rata dari "
        "|rata-rata bulan ini / rata-rata bulan sebelumnya - 1| x 100%, atas bulan berturut-turut yang "
        "keduanya punya harga. Cara ini pilihan kantor, bukan koefisien variasi menurut Permendag 5/2024."
    ),
    Method.PEAK_MONTH: (
        "Fluktuasi harga suatu komoditas adalah kelebihan bulan tertinggi atas rata-rata setahun, yaitu "
        "(rata-rata bulan tertinggi / rata-rata dari rata-rata bulanan - 1) x 100%. Cara ini pilihan "
        "kantor, bukan koefisien variasi menurut Permendag 5/2024."
    ),
    Method.DISPARITY: (
        "Fluktuasi harga suatu komoditas diganti disparitas antarpasar, yaitu rata-rata dari (harga "
        "tertinggi - harga terendah) / rata-rata pasar x 100% atas hari yang punya harga dari sedikitnya "
        "dua pasar. Cara ini pilihan kantor, bukan koefisien variasi menurut Permendag 5/2024."
    ),
}
_DEVIATIONS = {
    Deviation.SAMPLE: (
        "Simpangan bakunya simpangan baku sampel (pembagi n - 1, sama dengan STDEV di Excel), dengan n "
        "banyaknya hari pengamatan."
    ),
    Deviation.POPULATION: (
        "Simpangan bakunya simpangan baku populasi (pembagi n, sama dengan STDEVP di Excel), dengan n "
        "banyaknya hari pengamatan."
    ),
}
_BASES = {
    Basis.DAILY_MEAN: (
        "Yang dihitung adalah rata-rata harian, yaitu rata-rata harga semua pasar yang punya harga pada "
        "hari itu; pasar yang kosong pada suatu hari dapat menggeser rata-rata hari itu walaupun tidak ada "
        "harga yang berubah."
    ),
    Basis.EACH_MARKET: (
        "Yang dihitung adalah harga tiap pasar sendiri-sendiri; nilai komoditas adalah rata-rata nilai "
        "pasar-pasarnya, sehingga pasar yang kosong pada suatu hari tidak menggeser apa pun."
    ),
}
_DOUBTS = {
    Doubt.SLIP: "salah ribuan",
    Doubt.RANGE: "di luar kisaran",
    Doubt.JUMP: "lonjakan",
    Doubt.REPEATED: "harga berulang",
}


def describe_rules(rules: Rules) -> tuple[str, ...]:
    """Every rule by which an office measures, one or two sentences each, in the order of computing."""
    varies = rules.method is Method.VARIATION
    compares_markets = rules.method is Method.DISPARITY
    return (
        _METHODS[rules.method],
        *([_DEVIATIONS[rules.deviation]] if varies else []),
        *([] if compares_markets else [_BASES[rules.basis]]),
        "Nilai indikator adalah rata-rata fluktuasi komoditas yang dapat diukur, tanpa bobot.",
        *(_describe_doubt(doubt, rules) for doubt in Doubt),
        _describe_leaving_out(rules),
        "Nol atau tanda hubung bukan pengamatan. Hari atau bulan tanpa harga tidak dihitung dan tidak diisi.",
        _describe_least(rules),
        "Komoditas disebut stabil bila nilainya paling tinggi "
        f"{format_percent(rules.stable_at_most, trim=True)}; persentase komoditas stabil dihitung atas "
        "komoditas yang dapat diukur.",
    )


def _describe_doubt(doubt: Doubt, rules: Rules) -> str:
    name = _DOUBTS[doubt].capitalize()
    if doubt is Doubt.SLIP:
        return (
            f"{name}: perbandingan harga dengan harga terakhir yang dipercaya di pasar itu (sebelum ada: "
            "dengan harga tengahnya dalam tahun itu) antara 1.000/3 dan 3.000 kali, ke atas atau ke bawah; "
            "atau harga di luar kisaran, sedangkan seribu kalinya atau seperseribunya di dalam kisaran."
        )
    if doubt is Doubt.RANGE:
        return f"{name}: harga di bawah batas terendah atau di atas batas tertinggi komoditas dalam daftar."
    if doubt is Doubt.JUMP:
        return (
            f"{name}: harga berubah lebih dari {format_percent(rules.jump_percent, trim=True)} dari harga "
            "terakhir yang dipercaya di pasar itu. Tingkat harga baru yang bertahan "
            f"{LASTS_AFTER} hari pengamatan dipercaya, dan hanya hari pertamanya yang tetap ditandai; yang "
            "ditinggalkan sebelum itu ditandai pada semua harinya."
        )
    return (
        f"{name}: harga yang sama persis pada sedikitnya {format_number(rules.repeated_days)} hari "
        "pengamatan berturut-turut di satu pasar."
    )


def _describe_leaving_out(rules: Rules) -> str:
    left_out = _join([_DOUBTS[doubt] for doubt in Doubt if doubt in rules.leave_out])
    listed = _join([_DOUBTS[doubt] for doubt in Doubt if doubt not in rules.leave_out])
    parts = [f"Harga yang ditandai {left_out} dikesampingkan"] if left_out else []
    if listed:
        verb = "harga" if parts else "Harga"
        parts.append(f"{verb} yang ditandai {listed} hanya didaftar dan tetap dihitung")
    return f"{'; '.join(parts)}. Semua harga yang ditandai tetap disimpan."


def _describe_least(rules: Rules) -> str:
    days, months = format_number(max(rules.least_days, 2)), rules.least_months
    if rules.method is Method.DISPARITY:
        return (
            f"Komoditas diukur bila ada sedikitnya {days} hari dengan harga dari sedikitnya dua pasar, yang "
            f"tersebar di sedikitnya {months} bulan; yang kurang dari itu tidak diukur dan disebut alasannya."
        )
    if rules.basis is Basis.EACH_MARKET:
        return (
            f"Pasar diukur bila punya sedikitnya {days} hari pengamatan yang tersebar di sedikitnya {months} "
            "bulan; pasar lain disisihkan. Komoditas tanpa pasar yang memenuhi itu tidak diukur."
        )
    return (
        f"Komoditas diukur bila punya sedikitnya {days} hari pengamatan yang tersebar di sedikitnya {months} "
        "bulan; yang kurang dari itu tidak diukur dan disebut alasannya."
    )


def _join(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} atau {words[-1]}" if len(words) > 1 else "".join(words)
