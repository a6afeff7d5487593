"""Stand-ins of the sources of market prices."""
