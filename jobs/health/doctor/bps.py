"""BPS and its key by one polite request, and this machine's clock by the moment that BPS names."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from connectors.bps.client import BpsClient
from connectors.web.session import PoliteSession, user_agent
from connectors.web.transport import Fetched, host_of
from core.dates import format_time
from core.errors import KeyRefusedError, LkjipError, SourceError
from core.settings import Settings
from jobs.circuits import office_agent, restore_circuit
from jobs.health.doctor.checks import Check, broken, broken_by, fine, warning
from jobs.health.doctor.database import is_current
from jobs.workspace import Workspace

SUBJECT, CLOCK = "BPS", "Jam komputer"
A_LITTLE, MUCH = timedelta(minutes=2), timedelta(hours=1)
"""By which the clock may be wrong before it is worth a look, and before releases are missed by it."""

_SECONDS = 20.0
_UNKNOWN = "tidak dapat dibandingkan, karena BPS tidak menjawab."
_SYNCHRONISE = "timedatectl set-ntp true, lalu periksa dengan timedatectl."


def check_bps(settings: Settings) -> list[Check]:
    """Whether BPS answers with the key of the settings; without one it is not asked."""
    if not settings.bps_url:
        todo = "isi LKJIP_BPS_URL, atau biarkan bila BPS memang tidak dipakai."
        return [warning(SUBJECT, "LKJIP_BPS_URL kosong, jadi BPS tidak diperiksa.", todo)]
    if not settings.bps_key.get_secret_value():
        todo = "minta kunci di https://webapi.bps.go.id dan isikan pada LKJIP_BPS_KEY."
        return [warning(SUBJECT, "belum ada kunci (LKJIP_BPS_KEY kosong), jadi BPS tidak ditanya.", todo)]
    try:
        return _ask(settings)
    except KeyRefusedError as error:
        return [broken_by(SUBJECT, error)]
    except SourceError as error:
        if not error.retryable:
            return [broken_by(SUBJECT, error), warning(CLOCK, _UNKNOWN, "tidak perlu apa-apa.")]
        return [warning(SUBJECT, error.message, error.todo), warning(CLOCK, _UNKNOWN, _SYNCHRONISE)]


def _ask(settings: Settings) -> list[Check]:
    """One request, once, and none at all while the server is left alone after failures.

    Raises:
        SourceError: It gave no usable answer.
    """
    workspace = Workspace(settings, read_only=True)
    circuit = restore_circuit(workspace, settings.bps_url) if is_current(settings) else None
    paused = circuit.opened_until if circuit else None
    if paused:
        said = f"sambungan ke {host_of(settings.bps_url)} dijeda sampai {format_time(paused)}."
        todo = "tunggu; bila jaringan kantor penyebabnya, perbaiki, lalu lkjip poll --now."
        return [warning(SUBJECT, said, todo), warning(CLOCK, _UNKNOWN, "tidak perlu apa-apa.")]
    key = settings.bps_key.get_secret_value()
    session = PoliteSession(
        _agent(workspace),
        secret=key,
        requests_per_second=settings.bps_requests_per_second,
        total_timeout=_SECONDS,
        attempts=1,
    )
    with closing(session):
        answer = BpsClient(settings.bps_url, key, session).ask("domain", type="prov")
    host = host_of(settings.bps_url)
    return [fine(SUBJECT, f"{host} menjawab dan menerima kuncinya."), _clock(answer.fetched)]


def _agent(workspace: Workspace) -> str:
    try:
        return office_agent(workspace)
    except LkjipError:  # the office's data have a line of their own
        return user_agent(version("lkjip"), "", workspace.settings.contact)


def _clock(fetched: Fetched) -> Check:
    """The answer's ``Date`` (RFC 9110, 6.6.1) beside the moment when it came."""
    try:
        theirs = parsedate_to_datetime(fetched.headers.get("date", ""))
        off = fetched.fetched_at - theirs
    except (ValueError, TypeError):
        return warning(CLOCK, "tidak dapat dibandingkan: jawaban BPS tidak menyebut waktu.", _SYNCHRONISE)
    seconds = round(off.total_seconds())
    direction = "lebih cepat" if seconds > 0 else "lebih lambat"
    said = f"{abs(seconds)} detik {direction} daripada jam BPS."
    if abs(off) > MUCH:
        return broken(CLOCK, said, _SYNCHRONISE)
    if abs(off) > A_LITTLE:
        return warning(CLOCK, said, _SYNCHRONISE)
    return fine(CLOCK, "sama dengan jam BPS." if not seconds else said)
