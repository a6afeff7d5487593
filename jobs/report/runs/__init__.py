"""Runs that make reports: what asks for them, and the rounds over many offices."""
