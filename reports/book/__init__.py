"""The book of a report: chapters written in Markdown, filled, numbered and made into HTML."""
