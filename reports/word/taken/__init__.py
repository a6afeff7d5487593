"""A Word file of an issue that comes back changed: what was changed in it, and where."""
