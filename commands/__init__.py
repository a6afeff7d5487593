"""The command ``lkjip``."""
