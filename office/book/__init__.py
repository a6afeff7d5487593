"""The book of a report: its chapters in Markdown, and the names of what they can show."""
