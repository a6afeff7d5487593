"""What is asked of a new office: on the terminal, or taken from a file of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import StorageError, explain_os_error
from office.problems import Problems

_RECIPIENT = re.compile(r"(.+?)\s*<([^<>\s]+@[^<>\s]+)>")
_LINE = re.compile(r"\s*([\w-]+)\s*[:=]\s*(.*?)\s*")
_LEVELS = ("provinsi", "kabupaten", "kota")


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    Attributes:
        key: Its name in a file of answers.
        words: How it is asked.
        needed: Whether it may be left empty.
        many: Whether it is asked, or stands in the file, until an empty answer.
    """

    key: str
    words: str
    needed: bool = True
    many: bool = False


QUESTIONS = (
    Question("nama", "Nama kantor, lengkap"),
    Question("nama_pendek", "Nama pendek (misalnya Disperindag)"),
    Question("tingkat", "Tingkat (provinsi, kabupaten atau kota)"),
    Question("wilayah", "Nama wilayah (misalnya Sumenep)"),
    Question("kota", "Kota tempat laporan ditandatangani"),
    Question("surel", "Surel kontak kantor"),
    Question("penanda_tangan", "Nama penanda tangan"),
    Question("jabatan", "Jabatan penanda tangan"),
    Question("pangkat", "Pangkat penanda tangan (boleh kosong)", needed=False),
    Question("nip", "NIP penanda tangan (boleh kosong)", needed=False),
    Question("penerima", "Penerima surel (misalnya Kepala Dinas <kepala@dinas.go.id>)", many=True),
    Question("tahun", "Tahun yang dilaporkan"),
    Question("renstra_pertama", "Tahun pertama Renstra"),
    Question("renstra_terakhir", "Tahun terakhir Renstra"),
    Question("id", "Nama map kantor (boleh kosong)", needed=False),
    Question("kode_bps", "Kode wilayah BPS, empat angka (boleh kosong)", needed=False),
)
_KEYS = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True)
class Answers:
    """What is known of a new office.

    Attributes:
        recipients: Role and address of each.
    """

    id: str
    name: str
    short_name: str
    region: str
    town: str
    contact: str
    signatory: str
    position: str
    rank: str
    nip: str
    recipients: tuple[tuple[str, str], ...]
    year: int
    first_year: int
    last_year: int
    domain: str


def ask(question_of: Callable[[Question], str]) -> dict[str, list[str]]:
    """Ask everything.

    Args:
        question_of: Asks one thing and gives the answer.
    """
    given: dict[str, list[str]] = {}
    for question in QUESTIONS:
        answers = [question_of(question).strip()]
        while question.many and answers[-1]:
            answers.append(question_of(question).strip())
        given[question.key] = [answer for answer in answers if answer]
    return given


def read_answers(file: Path) -> dict[str, list[str]]:
    """Read a file of answers: a line each, ``nama: Dinas …``; ``penerima`` may stand on several lines.

    Raises:
        AgencyDataError: A line is no answer, or to nothing that is asked.
        StorageError: The file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        why = explain_os_error(cause) if isinstance(cause, OSError) else "bukan teks UTF-8"
        raise StorageError(f"Berkas {file} tidak dapat dibaca ({why}).", todo="periksa berkasnya.") from cause
    problems, given = Problems(Path(file.name)), dict[str, list[str]]()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";", "[")):
            continue
        match = _LINE.fullmatch(line)
        question = _KEYS.get(match[1].casefold()) if match else None
        place = f"{file.name} baris {number}"
        if match is None or question is None:
            known = ", ".join(_KEYS)
            problems.add(place, f"'{line.strip()}' tidak dikenal", f"tulis kunci: jawaban; kuncinya {known}")
        elif question.key in given and not question.many:
            problems.add(place, f"'{question.key}' sudah dijawab", "hapus salah satu")
        elif match[2]:
            given.setdefault(question.key, []).append(match[2].strip("\"'"))
    problems.raise_found()
    return given


def understand(given: Mapping[str, list[str]], name: str) -> Answers:
    """Make sense of the answers.

    Args:
        given: By the key of each question.
        name: Where they come from, for the messages.

    Raises:
        AgencyDataError: Naming each answer that is missing or cannot be.
    """
    problems = Problems(Path(name))
    for question in QUESTIONS:
        if question.needed and not given.get(question.key):
            problems.add(question.key, "belum dijawab", f"jawab: {question.words}")
    one = {key: (given.get(key) or [""])[0] for key in _KEYS}
    level, years = one["tingkat"].casefold(), {}
    if level and level not in _LEVELS:
        problems.add("tingkat", f"'{one['tingkat']}' tidak dikenal", f"pilih {', '.join(_LEVELS)}")
    for key in ("tahun", "renstra_pertama", "renstra_terakhir"):
        years[key] = int(one[key]) if re.fullmatch(r"20\d\d", one[key]) else 0
        if one[key] and not years[key]:
            problems.add(key, f"'{one[key]}' bukan tahun", "tulis misalnya 2023")
    if all(years.values()) and not years["renstra_pertama"] <= years["tahun"] <= years["renstra_terakhir"]:
        problems.add("tahun", f"{years['tahun']} di luar masa Renstra", "perbaiki tahunnya atau masa Renstra")
    recipients = []
    for text in given.get("penerima", ()):
        if match := _RECIPIENT.fullmatch(text):
            recipients.append((match[1], match[2]))
        else:
            problems.add(
                "penerima", f"'{text}' tidak terbaca", "tulis misalnya Kepala Dinas <kepala@dinas.go.id>"
            )
    if one["kode_bps"] and not re.fullmatch(r"\d{4}", one["kode_bps"]):
        problems.add(
            "kode_bps", f"'{one['kode_bps']}' bukan kode wilayah", "tulis empat angka, misalnya 3529"
        )
    region = one["wilayah"]
    if not region.casefold().startswith(level):
        region = f"{level.capitalize()} {region}"
    identifier = one["id"] or "-".join(
        re.findall(r"[a-z0-9]+", f"{one['wilayah']} {one['nama_pendek']}".casefold())
    )
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", identifier or "-"):
        problems.add(
            "id", f"'{identifier}' tidak dapat menjadi nama map", "pakai huruf kecil, angka dan tanda -"
        )
    problems.raise_found()
    return Answers(
        identifier, one["nama"], one["nama_pendek"], region, one["kota"], one["surel"],
        one["penanda_tangan"], one["jabatan"], one["pangkat"], one["nip"], tuple(recipients),
        years["tahun"], years["renstra_pertama"], years["renstra_terakhir"], one["kode_bps"],
    )  # fmt: skip
