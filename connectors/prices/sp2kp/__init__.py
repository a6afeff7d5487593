"""SP2KP: prices of the ministry of trade."""
