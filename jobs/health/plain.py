"""Open troubles in the words of people who have no shell: what it means, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from jobs.health.due import SCOPE as FIGURES
from jobs.health.outbox import SCOPE as MAILS
from jobs.health.schedule import MACHINERY
from jobs.health.sources import SCOPE as SOURCES
from models.health.troubles import Trouble, open_troubles

_TELL = "Beri tahu teknisi bila belum tahu; Anda tidak perlu melakukan apa-apa."
_FLOWS, _DATA = "alur/", "kantor/"
_WORDS = {
    MACHINERY: (
        "Pekerjaan terjadwal sedang tidak berjalan. Laporan terakhir tetap berlaku, tetapi angka baru belum "
        "diperiksa dan belum masuk laporan.",
        _TELL,
    ),
    _FLOWS: (
        "Satu pekerjaan terjadwal gagal pada kali terakhir. Laporan terakhir tetap berlaku, dan jadwal "
        "berikutnya mencoba lagi.",
        "Bila besok masih tertulis di sini, beri tahu teknisi.",
    ),
    SOURCES: (
        "Sumber ini sudah lama tidak memberi jawaban. Angka terakhirnya tetap dipakai.",
        "Periksa apakah lamannya dapat dibuka dari komputer Anda, lalu beri tahu teknisi hasilnya.",
    ),
    MAILS: (
        "Surel laporan belum sampai kepada semua penerima. Laporannya sendiri sudah terbit dan dapat diunduh "
        "di halaman ini.",
        "Periksa apakah alamat penerimanya benar, lalu beri tahu teknisi.",
    ),
    _DATA: (
        "Data kantor memuat isian yang salah, jadi laporan tidak dapat disusun ulang. Laporan terakhir tetap "
        "berlaku.",
        "Perbaiki isian yang disebut di bawah, atau mintalah bantuan teknisi.",
    ),
    FIGURES: (
        "Angka lembaga lain belum datang, padahal waktunya sudah lewat. Indikatornya tetap menunggu.",
        "Tanyakan kepada lembaga itu, lalu masukkan angka dan buktinya pada indikatornya di halaman ini.",
    ),
}
_OTHER = ("Ada yang tidak beres pada data atau program.", _TELL)


@dataclass(frozen=True)
class PlainTrouble:
    """A trouble as the page tells it.

    Attributes:
        meaning: What it means for the report.
        todo: What a person without a shell can do.
        detail, technical: What was seen and what the technician should do, in the technician's words.
    """

    title: str
    meaning: str
    todo: str
    since: datetime
    detail: str
    technical: str


def plain_troubles(session: Session, office: str) -> list[PlainTrouble]:
    """The open troubles that concern an office: its own, and those of what all offices share."""
    return [_plain(trouble) for trouble in open_troubles(session) if _concerns(trouble, office)]


def _plain(trouble: Trouble) -> PlainTrouble:
    known = (words for scope, words in _WORDS.items() if trouble.key.startswith(scope))
    meaning, todo = next(known, _OTHER)
    return PlainTrouble(trouble.title, meaning, todo, trouble.opened_at, trouble.detail, trouble.todo)


def _concerns(trouble: Trouble, office: str) -> bool:
    """Keys of flows, figures and data name their office; ``alur/kirim-laporan/sumenep-dkupp/2023``."""
    parts = trouble.key.split("/")
    if trouble.key.startswith(_DATA):  # the folder's address may stand there, and the year
        return parts[-1].partition(" ")[0] == office
    place = {_FLOWS: 2, FIGURES: 1}.get(f"{parts[0]}/")
    return place is None or len(parts) <= place or parts[place] == office
