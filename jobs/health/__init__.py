"""That the schedule runs and the sources speak, and that somebody hears when they do not."""
