"""Handing the outboxes over to a mail server."""
