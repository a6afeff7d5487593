"""A server on this machine that answers like Siskaperbapo, for the demo, the tests and trying faults."""

from standins.prices.siskaperbapo.server import SiskaperbapoStandin

__all__ = ["SiskaperbapoStandin"]
