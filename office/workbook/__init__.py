"""The workbook that a planner fills, and the entries of an office's folder: both say the same.

``columns`` and ``forms`` say what stands where, ``drawing`` writes the workbook, ``filling`` puts an
office's entries into its cells, ``reading`` takes them out again, and ``places`` leads a problem of a file
back to its cell.
"""
