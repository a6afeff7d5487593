"""Issues that were made: given out again, compared, their history, and the signed ones that came back."""
