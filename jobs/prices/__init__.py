"""Market prices: taking them in, putting sources together, measuring a year."""
