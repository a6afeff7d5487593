"""A server on this machine that answers like BPS's WebAPI, for the demo, the tests and trying faults."""

from standins.bps.server import BpsStandin

__all__ = ["BpsStandin"]
