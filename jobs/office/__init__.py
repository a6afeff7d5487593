"""An office's folder as a person keeps it: its layout, and the years that are opened in it."""
