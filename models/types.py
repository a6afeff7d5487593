"""Column types that keep a figure and a moment exactly, alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from core.errors import StorageError

_SHOWN = 60
"""So many letters of what is no value are told."""


def canonical_decimal(value: Decimal) -> str:
    """The one way a number is written for comparing: ``1.50`` and ``1.5`` are both ``1.5``."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical_json(value: Any) -> str:
    """JSON text that is the same for the same content, whatever the order of keys.

    Args:
        value: Mappings, sequences, text, whole numbers, booleans, None, and :class:`Decimal`,
            dates and aware moments, which become strings.

    Raises:
        StorageError: Something in it is none of these; a float is refused, it is not exact.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise StorageError(
        f"Nilai berjenis {type(value).__name__} tidak dapat disimpan sebagai JSON dengan tepat.",
        todo="laporkan kepada pembuat program beserta perintah yang dijalankan.",
    )


class DecimalText(TypeDecorator[Decimal]):
    """A :class:`Decimal` as text: SQLite would make it a float, and 24.912,62 would not stay that."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the number; a float or NaN is refused."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise StorageError(
                f"{value!r} bukan angka desimal yang tepat.",
                todo="laporkan kepada pembuat program beserta perintah yang dijalankan.",
            )
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the number."""
        if value is None:
            return None
        try:
            return Decimal(value)
        except InvalidOperation as cause:
            raise _altered(value, "sebuah angka") from cause


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; a naive one is refused because nobody knows its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment into UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise StorageError(
                f"Waktu {value.isoformat()} tidak menyebut zona waktunya.",
                todo="laporkan kepada pembuat program beserta perintah yang dijalankan.",
            )
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read the moment; text that is none, of a damaged file of SQLite, is told as such."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return None

        def checked(value: Any) -> Any:
            try:
                return read(value)
            except (ValueError, TypeError) as cause:
                raise _altered(value, "waktu") from cause

        return checked

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """JSON as canonical text: the same on both databases, and never a float."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write it; numbers with decimals become strings."""
        return canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it; what was a Decimal or a date comes back as a string."""
        if value is None:
            return None
        try:
            return json.loads(value)
        except ValueError as cause:
            raise _altered(value, "data JSON") from cause


def _altered(value: object, expected: str) -> StorageError:
    """What was stored is not what this program writes."""
    return StorageError(
        f"Basis data berisi {str(value)[:_SHOWN]!r} di tempat {expected}.",
        todo="pulihkan basis data dari cadangan; berkas ini rusak atau pernah diubah dari luar program.",
    )
