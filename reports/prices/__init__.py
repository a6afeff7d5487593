"""Market prices in the report: evidence, words, pictures, tables."""
