"""Budgets: the rows of an export, how they belong together, and whether they add up."""
