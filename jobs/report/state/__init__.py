"""How an office's report stands, for a screen, a page and a command."""
