"""What the reader of one sent file may take of the machine."""

MEMORY = 1 << 30
"""Bytes; what is refused needs at most 300 MiB, and so does a book of PDRB."""
SECONDS = 180
"""Of the processor, and by the clock of the page; a book of 600 pages takes 70."""
