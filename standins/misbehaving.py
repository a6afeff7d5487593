"""What the faults of every stand-in share: how they are named, switched on and counted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from standins.serving import Reply

Fault = TypeVar("Fault", bound=Callable[..., Any])
Asked = TypeVar("Asked")


def registering(faults: MutableMapping[str, Fault]) -> Callable[[str], Callable[[Fault], Fault]]:
    """A decorator that puts a function into ``faults`` under the name it is given."""

    def fault(name: str) -> Callable[[Fault], Fault]:
        def register(function: Fault) -> Fault:
            faults[name] = function
            return function

        return register

    return fault


@dataclass
class Misbehaviour(Generic[Asked]):
    """A fault that was switched on.

    Attributes:
        left: How often it still comes; None until the end.
        when: For which requests.
        memory: What it keeps between requests.
    """

    name: str
    left: int | None
    when: Callable[[Asked], bool]
    memory: dict[str, Any] = field(default_factory=dict)


class SwitchedOn(Generic[Asked]):
    """The faults that hold; may be used by several threads at once.

    Args:
        known: Names of all that there are.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._faults: list[Misbehaviour[Asked]] = []
        self._lock = threading.Lock()

    def add(
        self,
        name: str,
        times: int | None,
        when: Callable[[Asked], bool],
        memory: dict[str, Any] | None = None,
    ) -> None:
        """Let a fault come so many times, or until :meth:`clear`.

        Raises:
            KeyError: There is no such fault.
        """
        if name not in self._known:
            raise KeyError(f"{name}; known: {', '.join(sorted(self._known))}")
        with self._lock:
            self._faults.append(Misbehaviour(name, times, when, memory or {}))

    def clear(self) -> None:
        """Let none hold."""
        with self._lock:
            self._faults.clear()

    def due(self, asked: Asked) -> list[Misbehaviour[Asked]]:
        """Those that spoil a request, which counts for them."""
        if not self._faults:
            return []
        with self._lock:
            due = [fault for fault in self._faults if fault.when(asked)]
            for fault in due:
                if fault.left is not None:
                    fault.left -= 1
            self._faults = [fault for fault in self._faults if fault.left != 0]
            return due


def truncated(reply: Reply) -> Reply:
    """Two thirds of it, announced as the whole."""
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


def cut_off(reply: Reply) -> Reply:
    """The connection ends in the middle."""
    return replace(reply, cut=len(reply.body) // 2)


def empty(reply: Reply) -> Reply:
    """Nothing but the head."""
    return replace(reply, body=b"")


def reset(reply: Reply) -> Reply:
    """The connection ends without a word."""
    return replace(reply, reset=True)


ON_THE_WAY = {"truncated": truncated, "cut_off": cut_off, "empty": empty, "reset": reset}
"""What can happen to any answer, whatever stands in it."""
