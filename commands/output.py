"""Printing an answer: Indonesian text for people, JSON for programs."""

from __future__ import annotations

import json
from typing import Any


def show(answer: Any, as_json: bool) -> None:
    """Print ``answer``; as JSON with keys in their order, non-ASCII letters as they are."""
    print(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else answer)
