"""The years of an office: opening one from the year before, confirming it, listing them."""
