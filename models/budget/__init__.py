"""What is kept of budget exports."""
