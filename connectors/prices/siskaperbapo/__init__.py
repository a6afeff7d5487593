"""Siskaperbapo: prices of East Java's markets, a table a day."""
