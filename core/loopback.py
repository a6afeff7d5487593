"""Tests, demonstration and benchmarks must not reach the real BPS, whatever the machine's settings are."""

from __future__ import annotations

import ipaddress
import os

from core.errors import SettingsError
from core.settings import OTHER_NAMES
from core.settings_file import FILE_VARIABLE

LOOPBACK_VARIABLE = "LKJIP_LOOPBACK_ONLY"


def stay_on_this_machine() -> None:
    """Forget the settings of this machine, for this process and those it starts, and forbid other hosts."""
    for name in [name for name in os.environ if name.startswith("LKJIP_") and name not in OTHER_NAMES]:
        del os.environ[name]
    os.environ.pop("PREFECT_API_URL", None)
    os.environ[FILE_VARIABLE] = ""
    os.environ[LOOPBACK_VARIABLE] = "1"


def is_loopback(host: str) -> bool:
    """Whether ``host`` (without its port) is this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_host(host: str) -> None:
    """Let a connection to ``host`` pass; to be asked wherever one leaves.

    Raises:
        SettingsError: ``LKJIP_LOOPBACK_ONLY=1`` forbids it.
    """
    if os.environ.get(LOOPBACK_VARIABLE, "") in ("", "0") or is_loopback(host):
        return
    raise SettingsError(
        f"{host} tidak dihubungi: {LOOPBACK_VARIABLE} hanya mengizinkan komputer ini sendiri.",
        todo=f"kosongkan {LOOPBACK_VARIABLE} (hanya untuk peragaan dan uji), atau pakai server pengganti.",
    )
