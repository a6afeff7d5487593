"""Word files that pass between the office and this program."""
