"""The code of a region at BPS, for an office that has no data yet."""

from __future__ import annotations

from importlib.metadata import version

from connectors.bps import BpsClient
from connectors.bps.domains import domain_named
from connectors.web.session import PoliteSession, user_agent
from core.errors import LkjipError
from core.settings import Settings

_MOST_SECONDS = 4.0
"""A new office does not wait long for BPS: the code may be written later."""


def find_domain(settings: Settings, office: str, region: str, contact: str) -> str:
    """Ask BPS for a region's code.

    Args:
        settings: With the address and the key of BPS; without a key nothing is asked.
        office: Short name of who asks.
        region: ``Kabupaten Sumenep``.
        contact: Address of who asks.

    Returns:
        Four digits; empty where BPS is not asked, does not answer at once, or has no one region of that name.
    """
    key = settings.bps_key.get_secret_value()
    if not settings.bps_url or not key:
        return ""
    session = PoliteSession(
        user_agent(version("lkjip"), f"{office} {region}", settings.contact or contact),
        secret=key,
        requests_per_second=settings.bps_requests_per_second,
        connect_timeout=_MOST_SECONDS,
        read_timeout=_MOST_SECONDS,
        total_timeout=_MOST_SECONDS,
        attempts=1,
    )
    try:
        return domain_named(
            BpsClient(settings.bps_url, key, session, look_seconds=_MOST_SECONDS).domains(), region
        )
    except LkjipError:
        return ""
    finally:
        session.close()
