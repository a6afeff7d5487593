"""An office's data: schema, reading, checking."""
