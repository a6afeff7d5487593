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


def explain_usage(error: exceptions.UsageError) -> tuple[str, str]:
    """Say in Indonesian what is wrong with the words of a command line, and what to do."""
    where = error.ctx.command_path if error.ctx else "lkjip"
    return _wrong_words(error), f"lihat {where} --help."


def _wrong_words(error: exceptions.UsageError) -> str:
    match error:
        case exceptions.NoSuchOption():
            return f"Pilihan {error.option_name} tidak dikenal."
        case exceptions.MissingParameter():
            names = _name_of(error.param)
            return f"{names} wajib diisi."
        case exceptions.BadParameter():
            names = _name_of(error.param)
            return f"Nilai untuk {names} tidak dapat dipakai."
        case exceptions.BadOptionUsage():
            return f"Pilihan {error.option_name} membutuhkan nilai."
        case _:
            return "Perintah tidak dikenal atau tidak lengkap."


def _name_of(parameter: Any) -> str:
    if parameter is None:
        return "argumen"
    return parameter.metavar or "/".join(parameter.opts)
