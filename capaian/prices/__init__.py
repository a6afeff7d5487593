"""Measuring prices: which of them are in doubt, how much they vary, which commodities are stable."""
