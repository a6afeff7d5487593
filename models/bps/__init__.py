"""What is kept of BPS."""
