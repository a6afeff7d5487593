"""Reads ``register.yaml``: every entry is checked, and no name or number may mean two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from connectors.prices.commodities import Commodity, name_key
from connectors.prices.units import PIECE, Unit, parse_unit
from core.errors import AgencyDataError, explain_os_error

_LAWS = ("", "kebutuhan_pokok", "barang_penting")
_NEEDED = ("id", "name", "group", "unit", "range")
_FIELDS = frozenset({*_NEEDED, "law", "units", "density", "ids", "names", "names_at"})


class _Entry(dict[str, Any]):
    """A mapping of the file, and the line on which it starts."""

    line = 0


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Keeps lines, takes no name twice in one entry, and reads decimals exactly."""


def _construct_entry(loader: Any, node: yaml.MappingNode) -> _Entry:
    pairs = loader.construct_pairs(node, deep=True)
    entry = _Entry(pairs)
    entry.line = node.start_mark.line + 1
    if len(entry) != len(pairs):
        raise yaml.MarkedYAMLError(problem="nama yang sama ditulis dua kali", problem_mark=node.start_mark)
    return entry


def _construct_decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    try:
        return Decimal(node.value)
    except InvalidOperation:
        raise yaml.MarkedYAMLError(
            problem=f"{node.value!r} bukan angka", problem_mark=node.start_mark
        ) from None


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_entry)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_decimal)


def read_commodities(path: Path) -> dict[str, Commodity]:
    """Every commodity of the file, by id, in its order.

    Raises:
        AgencyDataError: The file names one thing twice, or an entry is not as it should be.
    """
    entries = _entries(path)
    commodities: dict[str, Commodity] = {}
    for number, entry in enumerate(entries, 1):
        place = _place(path, number, entry)
        commodity = _commodity(place, entry)
        if commodity.id in commodities:
            raise _wrong(place, f"id {commodity.id!r} sudah dipakai", "pakai satu id untuk satu komoditas")
        commodities[commodity.id] = commodity
    _refuse_shared(path, commodities.values())
    return commodities


def unreadable(path: Path, cause: OSError) -> AgencyDataError:
    """The file cannot be opened."""
    return _wrong(
        path.name, explain_os_error(cause), "kembalikan berkas daftar komoditas, atau periksa izinnya"
    )


def _entries(path: Path) -> list[Any]:
    try:
        # Derived from the safe loader.
        data = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506
    except OSError as cause:
        raise unreadable(path, cause) from cause
    except (yaml.YAMLError, ValueError) as cause:
        mark = getattr(cause, "problem_mark", None)
        place = f"{path.name} baris {mark.line + 1}" if mark else path.name
        why = getattr(cause, "problem", None) or "bukan YAML berhuruf UTF-8"
        raise _wrong(place, str(why), "perbaiki tulisan YAML di baris itu atau sebelumnya") from cause
    if not isinstance(data, list) or not data:
        raise _wrong(path.name, "isinya bukan daftar komoditas", "mulai tiap komoditas dengan '- id: …'")
    return data


def _commodity(place: str, entry: Any) -> Commodity:
    if not isinstance(entry, dict):
        raise _wrong(place, f"{entry!r} bukan komoditas", "mulai tiap komoditas dengan '- id: …'")
    if unknown := sorted(str(name) for name in entry.keys() - _FIELDS):
        raise _wrong(
            place, f"isian {unknown[0]!r} tidak dikenal", f"pakai hanya {', '.join(sorted(_FIELDS))}"
        )
    if missing := [name for name in _NEEDED if name not in entry]:
        raise _wrong(place, f"isian {missing[0]!r} tidak ada", f"tambahkan {missing[0]} pada komoditas itu")
    law = _text(place, "law", entry["law"]) if "law" in entry else ""
    if law not in _LAWS:
        raise _wrong(place, f"law {law!r} tidak dikenal", "tulis kebutuhan_pokok, barang_penting, atau hapus")
    lowest, highest = _range(place, entry["range"])
    return Commodity(
        id=_text(place, "id", entry["id"]),
        name=_name(place, "name", entry["name"]),
        group=_text(place, "group", entry["group"]),
        law=law,
        unit=_unit(place, "unit", entry["unit"]),
        lowest=lowest,
        highest=highest,
        density=_amount(place, "density", entry["density"]) if "density" in entry else None,
        ids={
            source: tuple(_text(place, "ids", item) for item in items)
            for source, items in _by_source(place, "ids", entry.get("ids", {}))
        },
        names=tuple(_name(place, "names", name) for name in _list(place, "names", entry.get("names", []))),
        units=tuple(_text(place, "units", unit) for unit in _list(place, "units", entry.get("units", []))),
        names_at={
            source: tuple(_name(place, "names_at", name) for name in names)
            for source, names in _by_source(place, "names_at", entry.get("names_at", {}))
        },
    )


def _text(place: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(place, f"{name} {value!r} bukan tulisan", f"tulis {name} dalam tanda petik")
    return value.strip()


def _name(place: str, name: str, value: Any) -> str:
    text = _text(place, name, value)
    if not name_key(text):
        raise _wrong(place, f"{name} {text!r} tidak berisi huruf", "tulis nama seperti di sumbernya")
    return text


def _unit(place: str, name: str, value: Any) -> str:
    text = _text(place, name, value)
    if parse_unit(text) is None:
        raise _wrong(
            place, f"satuan {text!r} tidak dikenal", "tulis misalnya kg, liter, ekor, atau 370 gr/kl"
        )
    return text


def _amount(place: str, name: str, value: Any) -> Decimal:
    # A bool is an int in Python, and no amount.
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not value > 0:
        raise _wrong(place, f"{name} {value!r} bukan angka di atas nol", "tulis angka tanpa titik ribuan")
    return Decimal(value)


def _range(place: str, value: Any) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong(place, f"range {value!r} bukan dua angka", "tulis range: [terendah, tertinggi]")
    lowest, highest = (_amount(place, "range", number) for number in value)
    if lowest >= highest:
        raise _wrong(place, "range terbalik", "tulis harga terendah lebih dulu")
    return lowest, highest


def _list(place: str, name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(place, f"{name} bukan daftar", f"tulis {name}: [satu, dua]")
    return value


def _by_source(place: str, name: str, value: Any) -> Iterator[tuple[str, list[Any]]]:
    if not isinstance(value, dict):
        raise _wrong(place, f"{name} tidak menyebut sumbernya", f"tulis {name}: {{siskaperbapo: …}}")
    for source, items in value.items():
        yield _text(place, name, source), items if isinstance(items, list) else [items]


def _refuse_shared(path: Path, commodities: Iterable[Commodity]) -> None:
    """No two commodities may have one number, or one name within the dimension of their units."""
    owners: dict[tuple[str, ...], str] = {}
    for commodity in commodities:
        for key, what in _claims(commodity).items():
            if other := owners.get(key):
                raise _wrong(
                    path.name,
                    f"{what} ada pada {other!r} dan {commodity.id!r}",
                    "hapus dari salah satunya",
                )
            owners[key] = commodity.id


def _claims(commodity: Commodity) -> dict[tuple[str, ...], str]:
    """What the commodity takes for itself, each once, in words for a message."""
    kind = _kind(commodity.own_unit)
    claims: dict[tuple[str, ...], str] = {}
    for source, items in commodity.ids.items():
        claims |= {("id", source, item): f"nomor {item} di {source}" for item in items}
    for name in (commodity.name, *commodity.names):
        claims["name", name_key(name), kind] = f"nama {name!r}"
    for source, names in commodity.names_at.items():
        claims |= {("name_at", source, name_key(name), kind): f"nama {name!r}" for name in names}
    return claims


def _kind(unit: Unit) -> str:
    return f"{unit.dimension} {unit.container}" if unit.dimension == PIECE else unit.dimension


def _place(path: Path, number: int, entry: Any) -> str:
    place = (
        f"{path.name} baris {entry.line}" if isinstance(entry, _Entry) else f"{path.name} isian ke-{number}"
    )
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{place} ({name})" if name else place


def _wrong(place: str, what: str, todo: str) -> AgencyDataError:
    return AgencyDataError(f"Daftar komoditas {place}: {what}.", todo=f"{todo}.")
