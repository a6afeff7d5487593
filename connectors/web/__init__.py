"""The one room in which requests leave the machine: politely, within bounds, and without showing a key."""
