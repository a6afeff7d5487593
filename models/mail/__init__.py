"""The outboxes."""
