"""What the tests of the commands share: an answer, and what an error must look like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KEY = "kunci-yang-tidak-boleh-terlihat"
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|exit|required|default|text|integer|path|error|missing|"
    r"invalid|no such|file|directory|traceback|failed|denied|not found|expected)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lkjip = Callable[..., Answer]


def expect_sentence(answer: Answer, *said: str) -> None:
    """One Indonesian sentence with what to do, code 1, no trace of the program."""
    assert answer.code == 1
    for words in said:
        assert words in answer.err
    *before, told = re.split(r"^(?=Galat: )", answer.err, flags=re.MULTILINE)
    assert told.startswith("Galat: ")
    assert all("belum ada" in line for line in before if line), "only the missing database is told before"
    assert "Yang perlu dilakukan: " in answer.err
    assert ENGLISH.findall(re.sub(r"\S*[/_.]\S*", "", answer.err)) == []
    assert set(answer.json) == {"error", "todo"}
