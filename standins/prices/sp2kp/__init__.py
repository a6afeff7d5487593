"""A server on this machine that answers like SP2KP's API, for the demo, the tests and trying faults."""

from standins.prices.sp2kp.server import Sp2kpStandin

__all__ = ["Sp2kpStandin"]
