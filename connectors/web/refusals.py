"""Pages that come where data was due: a firewall's, and those that ask for proof of being human."""

from __future__ import annotations

from connectors.web.transport import Fetched

_ASKS_FOR_A_HUMAN = (b"<title>just a moment", b"g-recaptcha", b"h-captcha", b"hcaptcha.com", b"cf-turnstile")
_CHALLENGE_SCRIPT = b"/cdn-cgi/challenge-platform/"


def is_blocked(fetched: Fetched) -> bool:
    """Whether a web page came where JSON was due: the firewall or a disturbance; it may pass."""
    return fetched.is_html


def is_challenge(fetched: Fetched) -> bool:
    """Whether a page came that asks for proof of being human; it is never passed, nor asked again."""
    if "challenge" in fetched.headers.get("cf-mitigated", "").lower():
        return True
    if not fetched.is_html:
        return False
    page = fetched.content.lower()
    # The script alone also stands in ordinary pages behind the same firewall.
    return any(sign in page for sign in _ASKS_FOR_A_HUMAN) or (
        fetched.status >= 400 and _CHALLENGE_SCRIPT in page
    )
