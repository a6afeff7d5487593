"""Budgets in the report: evidence, words, picture, appendix."""
