"""Figures that people enter, with their evidence."""
