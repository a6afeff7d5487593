"""What changed between two issues: read by people in the mail, by programs in ``changes.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from core.lists import join_words
from core.loopback import is_loopback
from office.layout import TABLES_OF_PRINT

WAITING, NOT_COMPUTABLE = "waiting", "not_computable"
FROM_BPS = ("provisional", "final")
FROM_PRICES = "price_fluctuation"
STATISTIC = "bps_statistic"
_COMPARED = ("state", "target", "realisasi", "capaian", "cumulative", "category", "source", "illustrative")
_NO_CONTENT = ("number", "columns")
"""What another book, or another program, says otherwise of the same table."""
Json = Mapping[str, Any]
WORDS, FORM, PROGRAM = "narrative", "form", "templates"
_RENEWED = {
    WORDS: "kata-kata dan identitas kantor",
    FORM: "bentuk laporan",
    PROGRAM: "bab dan bentuk baku program",
}
"""What a report is made of beside figures, by the key of its hash; in the order in which it is told."""
_PLACES: Json = {
    **TABLES_OF_PRINT,
    "kata-pengantar": "ringkasan",
    "bab-4.rata-rata": "rata-rata",
    "bab-4.pencapaian": "pencapaian",
    "bab-4.anggaran": "penggunaan-anggaran",
}
"""Names of sentences by those that an older program gave them."""


def compare_reports(before: Json | None, after: Json) -> dict[str, Any]:
    """Compare two ``report.json``.

    Args:
        before: Of the issue before, as parsed JSON; None for the first issue.
        after: Of the new issue.

    Returns:
        ``summary`` (one Indonesian line), ``indicators`` (those that changed: before, after, target,
        capaian, category, source, link, only_finer), ``waiting`` (those that still wait, why, and until
        when), ``not_computable`` (those without a capaian although there is a realisasi, and why), ``tables``
        (the numbers of those that changed; another number alone is no change), ``sentences`` (place, before,
        after), ``renewed`` (:data:`WORDS`, :data:`FORM` or :data:`PROGRAM`: the office's words, form, what
        the program brings along) and ``findings`` (how many differences from the print, those by BPS's
        release apart). Against no issue before, nothing counts as changed.
    """
    indicators = [] if before is None else _changed_indicators(before, after)
    tables = [] if before is None else _changed_tables(before, after)
    sentences = [] if before is None else _changed_sentences(before, after)
    renewed = [] if before is None else _renewed(before, after)
    parts = ["isi laporan"] if tables or sentences or not renewed else []
    otherwise = f"{join_words([*parts, *(_RENEWED[key] for key in renewed)])} diperbarui"
    return {
        "first": before is None,
        "summary": _summary(before, after, indicators) or otherwise,
        "indicators": indicators,
        "waiting": [
            {
                "id": row["id"],
                "name": row["name"],
                "reason": row.get("reason", ""),
                "due": row.get("due", ""),
            }
            for row in after["indicators"]
            if row["state"] == WAITING
        ],
        "not_computable": [
            {"id": row["id"], "name": row["name"], "reason": row["not_computable"]}
            for row in after["indicators"]
            if row.get("not_computable")
        ],
        "tables": tables,
        "sentences": sentences,
        "renewed": renewed,
        "findings": sum(finding["kind"] != "menunggu" for finding in after.get("findings", ())),
    }


def _changed_indicators(before: Json, after: Json) -> list[dict[str, Any]]:
    old = {row["id"]: row for row in before["indicators"]}
    changed = []
    for row in after["indicators"]:
        was: Json = old.get(row["id"], {})
        if all(was.get(key) == row.get(key) for key in _COMPARED):
            continue
        changed.append(
            {
                "id": row["id"],
                "name": row["name"],
                "before": was.get("realisasi") or was.get("reason", ""),
                "after": row["realisasi"] or row.get("reason", ""),
                "before_state": was.get("state", ""),
                "state": row["state"],
                "measure": row.get("measure", ""),
                "institution": row.get("institution", ""),
                "target": row["target"],
                "capaian_before": was.get("capaian", ""),
                "capaian": row["capaian"],
                "cumulative": row.get("cumulative", ""),
                "category": row["category"],
                "source": row["source"],
                "link": _link(row),
                "illustrative": bool(row.get("illustrative")),
                "illustrative_before": bool(was.get("illustrative") and was.get("realisasi")),
                "only_finer": _is_only_finer(was, row),
            }
        )
    return changed


def _link(row: Json) -> str:
    """The page of the source, as it opens for who reads the mail; else empty.

    A file that a person dropped has none, a server that stands in on this machine opens for nobody else, and
    what is BPS's is read at an address of BPS alone.
    """
    url = str(row.get("source_url", ""))
    address = urlsplit(url)
    host = address.hostname or ""
    if address.scheme not in ("https", "http") or not host or is_loopback(host):
        return ""
    return url if row.get("institution") != "BPS" or f".{host}".endswith(".bps.go.id") else ""


def _is_only_finer(was: Json, row: Json) -> bool:
    """Whether a figure moved by less than its two decimals show, so that only the capaian tells."""
    finer = was.get("realisasi") == row["realisasi"] and was.get("capaian") != row["capaian"]
    return bool(row["realisasi"] and was.get("capaian") and finer)


def _changed_tables(before: Json, after: Json) -> list[str]:
    old, new = tables_by_name(before.get("tables", {})), tables_by_name(after.get("tables", {}))
    numbers = {name: table["number"] for name, table in (*old.items(), *new.items())}
    bare = [
        {name: {k: v for k, v in table.items() if k not in _NO_CONTENT} for name, table in tables.items()}
        for tables in (old, new)
    ]
    return [numbers[name] for name in _changed_keys(*bare)]


def tables_by_name(tables: Json) -> dict[str, Any]:
    """The tables of a report by name; one of an older program has them by their numbers."""
    return {TABLES_OF_PRINT.get(key, key): {"number": key, **table} for key, table in tables.items()}


def _changed_keys(before: Json, after: Json) -> list[str]:
    keys = [*after, *(key for key in before if key not in after)]
    return [key for key in keys if before.get(key) != after.get(key)]


def _changed_sentences(before: Json, after: Json) -> list[dict[str, str]]:
    """The places whose sentences differ, each with only the sentences that differ."""
    return [
        {
            "place": place,
            "before": "\n".join(_without(then, now)),
            "after": "\n".join(_without(now, then)),
        }
        for place, then, now in changed_places(before, after)
    ]


def changed_places(before: Json, after: Json) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    """The places whose sentences differ between two ``report.json``, with those of both."""
    old: Json = {_PLACES.get(place, place): said for place, said in before.get("sentences", {}).items()}
    new: Json = after.get("sentences", {})
    return [(place, old.get(place, ()), new.get(place, ())) for place in _changed_keys(old, new)]


def _renewed(before: Json, after: Json) -> list[str]:
    """What else is another; of an older program's report not all of it is known."""
    return [key for key in _RENEWED if key in before and before[key] != after[key]]


def _without(sentences: Sequence[str], others: Sequence[str]) -> list[str]:
    return [sentence for sentence in sentences if sentence not in others]


def _summary(before: Json | None, after: Json, changed: Sequence[Json]) -> str:
    """What happened to the indicators, in a few words: ``BPS merilis PDRB, 4 indikator terisi``."""
    if before is None:
        waiting = [row for row in after["indicators"] if row["state"] == WAITING]
        whom = list(dict.fromkeys(row.get("institution", "") for row in waiting))
        named = f" {' dan '.join(whom)}" if all(whom) else ""
        awaited = f", {len(waiting)} indikator menunggu{named}" if waiting else ""
        return f"terbitan pertama{awaited}"
    by_prices = [row for row in changed if _is_by_prices(row)]
    others = [row for row in changed if not _is_by_prices(row)]
    parts = [*_happened(others), *_happened_to_prices(by_prices)]
    return "; ".join(parts)


def _is_by_prices(row: Json) -> bool:
    """Whether an indicator is now computed from market prices."""
    return bool(row["measure"] == FROM_PRICES and row["state"] == "final")


def _is_by_bps(row: Json) -> bool:
    """Whether an indicator's figure is now one that BPS released."""
    return row["state"] in FROM_BPS and row["institution"] == "BPS"


def _happened_to_prices(changed: Sequence[Json]) -> list[str]:
    """``dihitung dari harga harian, 1 indikator berubah``."""
    filled = [row for row in changed if row["before_state"] == WAITING]
    first = any(row["before_state"] != "final" for row in changed)
    start = "dihitung dari harga harian" if first else "harga harian diperbarui"
    if not changed:
        return []
    return [f"{start}, {len(changed)} indikator {'terisi' if len(filled) == len(changed) else 'berubah'}"]


def _what(rows: Sequence[Json]) -> str:
    """What BPS released or revised: ``PDRB``, ``statistik``, or both."""
    by_statistic = [row["measure"] == STATISTIC for row in rows if _is_by_bps(row)]
    if all(by_statistic):
        return "statistik"
    return "PDRB dan statistik lain" if any(by_statistic) else "PDRB"


def _happened(changed: Sequence[Json]) -> list[str]:
    without = WAITING, NOT_COMPUTABLE
    filled = [row for row in changed if row["before_state"] in without and row["state"] not in without]
    emptied = [row for row in changed if row["before_state"] != WAITING and row["state"] == WAITING]
    revised = [row for row in changed if row not in filled and row not in emptied]
    parts = []
    if filled:
        released = any(_is_by_bps(row) for row in filled)
        parts.append(f"{f'BPS merilis {_what(filled)}, ' if released else ''}{len(filled)} indikator terisi")
    if revised:
        by_bps = all(row["before_state"] in FROM_BPS and _is_by_bps(row) for row in revised)
        start = f"BPS merevisi {_what(revised)}, " if by_bps else ""
        parts.append(f"{start}{len(revised)} indikator berubah")
    if emptied:
        parts.append(f"{len(emptied)} indikator kembali menunggu")
    return parts
