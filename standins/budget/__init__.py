"""Budget exports as finance systems and offices make them, made by script from the office's own figures."""
