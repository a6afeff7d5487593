"""The page: what the office's people see and do in their browsers, in Indonesian."""
