"""Measuring: pure functions on Decimal; no I/O, no clock, no Prefect."""
