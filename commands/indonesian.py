"""Help and usage errors of the command in Indonesian; Typer knows English only."""

from __future__ import annotations

from typing import Any

from typer._click import exceptions
from typer.core import TyperCommand, TyperGroup

# What Typer prints around our own words, and what stands there instead.
_PHRASES = (
    ("Usage:", "Cara pakai:"),
    ("Options:", "Pilihan:"),
    ("Commands:", "Perintah:"),
    ("Arguments:", "Argumen:"),
    ("Show this message and exit.", "Tampilkan bantuan ini."),
    ("[OPTIONS]", "[PILIHAN]"),
    ("COMMAND [ARGS]...", "PERINTAH [ARGUMEN]..."),
    ("[required]", "[wajib]"),
    ("[default: ", "[bawaan: "),
    ("<str>", "<isi>"),
    ("<int>", "<bil>"),
    ("<path>", "<map> "),
)


def translate(text: str) -> str:
    """Put Indonesian words for Typer's own in a help text."""
    for english, indonesian in _PHRASES:
        text = text.replace(english, indonesian)
    return text


class Command(TyperCommand):
    """A command whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return translate(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return translate(super().get_help(ctx))


def explain_usage(error: exceptions.UsageError) -> str:
    """Say in Indonesian what is wrong with the words of a command line."""
    where = error.ctx.command_path if error.ctx else "lkjip"
    hint = f" Lihat: {where} --help"
    match error:
        case exceptions.NoSuchOption():
            return f"Pilihan {error.option_name} tidak dikenal.{hint}"
        case exceptions.MissingParameter():
            names = "/".join(error.param.opts) if error.param else "argumen"
            return f"{names} wajib diisi.{hint}"
        case exceptions.BadParameter():
            names = "/".join(error.param.opts) if error.param else "argumen"
            return f"Nilai untuk {names} tidak dapat dipakai.{hint}"
        case exceptions.BadOptionUsage():
            return f"Pilihan {error.option_name} membutuhkan nilai.{hint}"
        case _:
            return f"Perintah tidak dikenal atau tidak lengkap.{hint}"
