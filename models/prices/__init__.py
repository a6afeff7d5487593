"""What is kept of market prices."""
