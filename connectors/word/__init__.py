"""Word files that people bring: taken apart within limits, and put together with some parts replaced."""
