"""What is kept of the report."""
