"""The sentences about indicators, one for each in the order of its table.

Each situation (reached, missed, not computable, waiting) has three patterns. Which one an indicator gets
follows from its place in the list alone, so that neighbours differ, and the next issue says of an unchanged
indicator what this one says, whatever became of the others.
"""
