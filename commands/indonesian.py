"""Help and usage errors of the command in Indonesian; Typer knows English only."""

from __future__ import annotations

import difflib
from typing import Any

import typer
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
    ("<list[str]>", "<isi>"),
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


class UnknownCommandError(exceptions.UsageError):
    """A word stands where a command should, and is none."""

    def __init__(self, word: str, commands: list[str], ctx: Any) -> None:
        near = difflib.get_close_matches(word, commands, n=1, cutoff=0.5)
        meant = f"; mungkin maksudnya: {near[0]}" if near else ""
        super().__init__(
            f"Perintah {word!r} tidak dikenal{meant}. Perintah yang ada: {', '.join(commands)}.", ctx
        )


class Group(TyperGroup):
    """A group of commands whose help is Indonesian."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names; a wrong one is answered with those that exist."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UnknownCommandError(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return translate(super().get_help(ctx))


def group(help: str) -> typer.Typer:
    """A group of commands, which names them when it is called alone."""
    return typer.Typer(cls=Group, help=help, rich_markup_mode=None, no_args_is_help=True)


def explain_usage(error: exceptions.UsageError) -> tuple[str, str]:
    """Say in Indonesian what is wrong with the words of a command line, and what to do."""
    where = error.ctx.command_path if error.ctx else "lkjip"
    return _wrong_words(error), f"lihat {where} --help."


def _wrong_words(error: exceptions.UsageError) -> str:
    match error:
        case UnknownCommandError():
            return error.message
        case exceptions.NoSuchOption():
            return f"Pilihan {error.option_name} tidak dikenal."
        case exceptions.MissingParameter():
            names = _name_of(error.param)
            return f"{names} wajib diisi."
        case exceptions.BadParameter():
            names = _name_of(error.param)
            return f"Nilai untuk {names} tidak dapat dipakai{_valid_for(error.param)}."
        case exceptions.BadOptionUsage():
            return f"Pilihan {error.option_name} membutuhkan nilai."
        case _:
            return "Perintah tidak dikenal atau tidak lengkap."


def _valid_for(parameter: Any) -> str:
    """What a value of ``parameter`` may be, as far as its type says so."""
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if high is not None:
        return f"; yang berlaku {low} sampai {high}"
    if low is not None:
        return f"; yang berlaku mulai {low}"
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    return "; tulis bilangan bulat" if kind is int else ""


def _name_of(parameter: Any) -> str:
    if parameter is None:
        return "argumen"
    return parameter.metavar or "/".join(parameter.opts)
