"""``lkjip serve``: all that runs on the office's small server, as one unit below one supervisor."""
