"""An office as data: its schema, and reading it from a folder of YAML, CSV and Markdown."""
