"""Writing sheets in the formats that no library here writes."""
