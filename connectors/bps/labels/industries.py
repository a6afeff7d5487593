"""The industries of PDRB (series 2010): their codes and the names under which tables have them.

The list is BPS's: 17 categories of KBLI 2009 and their sub-categories as regencies publish them.
Names stand here without signs and joining words, as :func:`connectors.bps.labels.text.words_of`
leaves them; the first one of each language is the usual one.
"""

from __future__ import annotations

from collections.abc import Mapping

TOTAL = "TOTAL"
TOTAL_NONMIGAS = "TOTAL_NONMIGAS"
OTHER_TOTAL = "OTHER_TOTAL"
"""A sum that is none of ours, such as PDRB without the government."""

CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "A": (
        "pertanian kehutanan perikanan",
        "agriculture forestry fishing", "agriculture forestry fishery", "agriculture forestry fisheries",
    ),
    "B": ("pertambangan penggalian", "mining quarrying"),
    "C": ("industri pengolahan", "manufacturing", "manufacturing industry", "manufacturing industries",
          "processing industry"),
    "D": (
        "pengadaan listrik gas", "listrik gas", "pengadaan listrik gas uap air panas udara dingin",
        "pengadaan listrik gas uap air panas", "electricity gas", "electricity gas supply",
        "electricity gas steam air conditioning supply", "pengadaan listrik gas produksi es",
    ),
    "E": (
        "pengadaan air pengelolaan sampah limbah daur ulang", "pengadaan air",
        "pengadaan air pengelolaan sampah limbah", "pengadaan air pengelolaan sampah daur ulang",
        "pengelolaan air sampah limbah daur ulang", "air sampah limbah daur ulang",
        "pengadaan air pengelolaan sampah daur ulang limbah",
        "water supply sewerage waste management remediation activities",
        "water supply sewerage waste management remediation activity", "water supply",
        "water supply sewerage waste management", "water supply waste management remediation activities",
        "water supply sewerage waste management recycling", "water supply waste management recycling",
    ),
    "F": ("konstruksi", "bangunan konstruksi", "construction"),
    "G": (
        "perdagangan besar eceran reparasi mobil sepeda motor", "perdagangan besar eceran",
        "perdagangan besar eceran reparasi perawatan mobil sepeda motor",
        "perdagangan besar eceran reparasi mobil motor", "perdagangan reparasi mobil sepeda motor",
        "perdagangan besar eceran perbaikan mobil sepeda motor",
        "wholesale retail trade repair of motor vehicles motorcycles", "wholesale retail trade",
        "wholesale retail trade repair of cars motorcycles",
        "wholesale retail trade repair of motor vehicles",
        "trade repair of motor vehicles motorcycles",
    ),
    "H": ("transportasi pergudangan", "angkutan pergudangan", "pengangkutan pergudangan",
          "transportation storage", "transport storage", "transportation warehousing"),
    "I": (
        "penyediaan akomodasi makan minum", "akomodasi makan minum",
        "penyediaan akomodasi penyediaan makan minum",
        "penyediaan akomodasi makanan minuman", "penyediaan akomodasi makan minuman",
        "accommodation food service activities", "accommodation food services activities",
        "accommodation food beverage activities", "accommodation food beverage service activities",
        "accommodation food service", "accommodation food services",
    ),
    "J": ("informasi komunikasi", "jasa informasi komunikasi", "information communication",
          "information communications"),
    "K": (
        "jasa keuangan asuransi", "jasa keuangan", "keuangan asuransi", "financial insurance activities",
        "financial insurance services", "financial insurance", "finance insurance",
        "financial insurance activity", "financial services insurance",
    ),
    "L": ("real estat", "real estate", "real estate activities", "real estate activity"),
    "M,N": ("jasa perusahaan", "business activities", "business activity", "business services",
            "bussiness activities", "company services", "corporate services"),
    "O": (
        "administrasi pemerintahan pertahanan jaminan sosial wajib", "administrasi pemerintahan",
        "administrasi pemerintah pertahanan jaminan sosial wajib",
        "administrasi pemerintahan pertahanan jaminan sosial",
        "public administration defence compulsory social security",
        "public administration defense compulsory social security",
        "public administration defence social security", "public administration",
        "government administration defense compulsory social security",
    ),
    "P": ("jasa pendidikan", "education", "education services", "educational services", "education service"),
    "Q": (
        "jasa kesehatan kegiatan sosial", "jasa kesehatan sosial",
        "kesehatan kegiatan sosial", "jasa kesehatan kegiatan lainnya",
        "jasa kesehatan kegiatan sosial lainnya", "jasa kesehatan", "human health social work activities",
        "human health social work activity", "health services social activities",
        "health social work activities",
        "human health social work",
    ),
    "R,S,T,U": ("jasa lainnya", "jasa lain", "jasa jasa lainnya",
                "other services activities", "other service activities",
                "other services", "other services activity", "other service", "other activities"),
}  # fmt: skip
CODES = tuple(CATEGORIES)
"""The 17 categories of lapangan usaha (KBLI 2009 as PDRB uses it), in order."""

SUBCATEGORIES: Mapping[str, tuple[str, ...]] = {
    "A.1": (
        "pertanian peternakan perburuan jasa pertanian", "pertanian peternakan perburuan jasa jasa pertanian",
        "agriculture livestock hunting agriculture services",
        "agriculture livestock hunting agricultural services",
        "pertanian peternakan perburuan",
    ),
    "A.1.a": ("tanaman pangan", "food crops", "food crop"),
    "A.1.b": ("tanaman hortikultura semusim", "hortikultura semusim", "seasonal horticultural crops",
              "annual horticultural crops"),
    "A.1.b,d": ("tanaman hortikultura", "hortikultura", "horticultural crops", "horticulture crops",
                "tanaman hortikultura semusim tahunan lainnya"),
    "A.1.c": ("perkebunan semusim", "tanaman perkebunan semusim", "seasonal plantation crops",
              "annual plantation crops"),
    "A.1.c,e": ("tanaman perkebunan", "perkebunan", "plantation crops", "perkebunan semusim tahunan",
                "estate crops"),
    "A.1.d": ("tanaman hortikultura tahunan lainnya", "hortikultura tahunan lainnya",
              "tanaman hortikultura tahunan", "perennial horticultural crops others",
              "perennial horticultural crops"),
    "A.1.e": ("perkebunan tahunan", "tanaman perkebunan tahunan", "perennial plantation crops"),
    "A.1.f": ("peternakan", "livestock"),
    "A.1.g": ("jasa pertanian perburuan", "agriculture services hunting", "agricultural services hunting"),
    "A.2": ("kehutanan penebangan kayu", "kehutanan", "forestry logging", "forestry"),
    "A.3": ("perikanan", "fishery", "fishing", "fisheries"),
    "B.1": (
        "pertambangan minyak gas panas bumi", "pertambangan minyak gas bumi", "minyak gas bumi",
        "minyak gas panas bumi", "pertambangan migas panas bumi", "pertambangan migas",
        "crude petroleum natural gas geothermal", "oil gas geothermal mining", "crude petroleum natural gas",
    ),
    "B.2": ("pertambangan batubara lignit", "pertambangan batu bara lignit", "coal lignite mining",
            "coal lignite"),
    "B.3": ("pertambangan bijih logam", "pertambangan biji logam", "iron ore mining", "metal ore mining",
            "metal ores mining"),
    "B.4": ("pertambangan penggalian lainnya", "penggalian lainnya", "other mining quarrying"),
    "C.1": ("industri batubara pengilangan migas", "industri batu bara pengilangan migas",
            "batubara pengilangan migas", "coal refined petroleum products",
            "coal industry oil gas refining", "manufacture of coal refined petroleum products"),
    "C.1.a": ("industri batubara", "industri batu bara", "coal industry"),
    "C.1.b": ("pengilangan migas", "industri pengilangan migas", "oil gas refining"),
    "C.2": ("industri makanan minuman", "makanan minuman", "manufacture of food products beverages",
            "food beverages industry", "food products beverages"),
    "C.3": ("industri pengolahan tembakau", "pengolahan tembakau", "manufacture of tobacco products",
            "tobacco products"),
    "C.4": ("industri tekstil pakaian jadi", "tekstil pakaian jadi",
            "manufacture of textiles wearing apparel", "textiles wearing apparel"),
    "C.5": ("industri kulit barang dari kulit alas kaki", "kulit barang dari kulit alas kaki",
            "manufacture of leather related products footwear", "leather related products footwear"),
    "C.6": (
        "industri kayu barang dari kayu gabus barang anyaman dari bambu rotan sejenisnya",
        "industri kayu barang dari kayu gabus anyaman bambu rotan", "industri kayu barang dari kayu gabus",
        "industri kayu barang dari kayu gabus barang anyaman dari bambu rotan",
        "manufacture of wood of products of wood cork articles of straw plaiting materials",
    ),
    "C.7": (
        "industri kertas barang dari kertas percetakan reproduksi media rekaman",
        "industri kertas percetakan reproduksi media rekaman",
        "industri kertas barang dari kertas percetakan",
        "industri kertas barang dari kertas",
        "manufacture of paper paper products printing reproduction of recorded media",
    ),
    "C.8": ("industri kimia farmasi obat tradisional", "kimia farmasi obat tradisional",
            "manufacture of chemicals pharmaceuticals botanical products",
            "chemicals pharmaceuticals botanical products"),
    "C.9": ("industri karet barang dari karet plastik", "karet barang dari karet plastik",
            "industri karet plastik", "manufacture of rubber rubber products plastics products"),
    "C.10": ("industri barang galian bukan logam", "barang galian bukan logam",
             "manufacture of other non metallic mineral products"),
    "C.11": ("industri logam dasar", "logam dasar", "manufacture of basic metals"),
    "C.12": (
        "industri barang dari logam komputer barang elektronik optik peralatan listrik",
        "industri barang logam komputer barang elektronik optik peralatan listrik",
        "industri barang dari logam komputer elektronik optik listrik",
        "industri barang logam elektronik komputer optik", "industri barang dari logam komputer elektronik",
        "manufacture of fabricated metal products computer optical products electrical equipment",
    ),
    "C.13": ("industri mesin perlengkapan ytdl", "industri mesin perlengkapan", "mesin perlengkapan",
             "industri mesin perlengkapan yang tidak diklasifikasikan di tempat lain",
             "industri mesin perlengkapan ytdl yang tidak diklasifikasikan di tempat lain",
             "manufacture of machinery equipment", "manufacture of machinery equipment n e c"),
    "C.14": ("industri alat angkutan", "alat angkutan", "manufacture of transport equipment"),
    "C.15": ("industri furnitur", "furnitur", "industri furniture", "manufacture of furniture"),
    "C.16": (
        "industri pengolahan lainnya jasa reparasi pemasangan mesin peralatan", "industri pengolahan lainnya",
        "industri pengolahan lainnya reparasi mesin peralatan",
        "industri pengolahan lainnya jasa reparasi pemasangan mesin",
        "other manufacturing repair installation of machinery equipment", "other manufacturing",
    ),
    "D.1": ("ketenagalistrikan", "electricity"),
    "D.2": ("pengadaan gas produksi es", "gas supply ice production", "manufacture of gas production of ice"),
    "G.1": (
        "perdagangan mobil sepeda motor reparasinya", "perdagangan reparasi mobil sepeda motor reparasinya",
        "wholesale retail trade repair of motor vehicles motorcycles parts",
        "motor vehicles motorcycles trade repair", "trade of motor vehicles motorcycles their repair",
    ),
    "G.2": (
        "perdagangan besar eceran bukan mobil sepeda motor", "perdagangan bukan mobil sepeda motor",
        "perdagangan besar eceran bukan mobil sepeda", "perdagangan besar eceran selain mobil sepeda motor",
        "wholesale retail trade except of motor vehicles motorcycles",
        "wholesale retail trade except motor vehicles motorcycles",
    ),
    "H.1": ("angkutan rel", "transportasi angkutan rel", "railways transport", "rail transport"),
    "H.2": ("angkutan darat", "transportasi angkutan darat", "land transport"),
    "H.3": ("angkutan laut", "transportasi angkutan laut", "sea transport"),
    "H.4": ("angkutan sungai danau penyeberangan", "transportasi angkutan sungai danau penyeberangan",
            "river lake ferry transport"),
    "H.5": ("angkutan udara", "transportasi angkutan udara", "air transport"),
    "H.6": (
        "pergudangan jasa penunjang angkutan pos kurir", "pergudangan jasa penunjang angkutan",
        "pergudangan pos kurir", "warehousing support services for transportation postal courier",
        "warehousing support services for transportation post courier",
    ),
    "I.1": ("penyediaan akomodasi", "accommodation"),
    "I.2": ("penyediaan makan minum", "food beverage service activities",
            "food beverages service activities"),
    "K.1": ("jasa perantara keuangan", "perantara keuangan", "jasa perantara keuangan selain bank sentral",
            "financial intermediary services", "financial intermediary"),
    "K.2": ("asuransi dana pensiun", "insurance pension fund", "insurance pension funding"),
    "K.3": ("jasa keuangan lainnya", "other financial services"),
    "K.4": ("jasa penunjang keuangan", "penunjang keuangan", "financial supporting services",
            "financial supporting service"),
}  # fmt: skip
"""Sub-categories under their category. Where a table joins what others keep apart, the code joins too, as
``M,N`` does: ``A.1.b,d`` is horticulture whole."""

WITHIN: Mapping[str, Mapping[str, str]] = {
    "B": {"lainnya": "B.4", "migas": "B.1", "minyak gas": "B.1"},
    "C": {"lainnya": "C.16", "migas": "C.1", "industri migas": "C.1"},
    "G": {"perdagangan besar eceran": "G.2"},
    "I": {"akomodasi": "I.1", "makan minum": "I.2"},
    "K": {"lainnya": "K.3", "jasa lainnya": "K.3", "asuransi": "K.2"},
}
"""Names that say something only below a category: by category, then by name."""

KINDS = ("industri", "angkutan", "tanaman", "perkebunan", "pergudangan", "pertambangan", "perdagangan")
"""How names of sub-categories begin; a row without a letter that begins so is no new category."""


def category_of(code: str) -> str:
    """The category of a code: ``G`` of ``G.2``."""
    return code.split(".", 1)[0]


def order_of(code: str) -> int:
    """The place of a category or sub-category in BPS's list; totals come last."""
    return _ORDER[code]


def name_of(code: str) -> str:
    """The usual name of an industry in plain words; the code itself for a total."""
    names = CATEGORIES.get(code) or SUBCATEGORIES.get(code)
    return names[0] if names else code


def children_of(code: str) -> tuple[str, ...]:
    """The sub-categories directly below a category or sub-category; joined ones are not among them."""
    depth = code.count(".") + 1
    below = (sub for sub in SUBCATEGORIES if sub.startswith(f"{code}.") and sub.count(".") == depth)
    return tuple(sub for sub in below if "," not in sub)


_ORDER = {
    code: place
    for place, code in enumerate(
        entry
        for letter in CODES
        for entry in (letter, *(code for code in SUBCATEGORIES if category_of(code) == letter))
    )
}
_ORDER |= {TOTAL_NONMIGAS: len(_ORDER), TOTAL: len(_ORDER) + 1}
