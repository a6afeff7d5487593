"""What is kept of troubles."""
