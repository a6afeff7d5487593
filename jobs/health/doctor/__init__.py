"""``lkjip doctor``: everything that the program needs, looked at once, with what to do about it."""
