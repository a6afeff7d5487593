"""The Word file of an issue with tracked changes against that of the issue before.

Accepting all changes gives the text of the new issue, rejecting all that of the old one. What Word writes
itself (the contents) is the new issue's and not marked.
"""

from reports.comparison.tracked.file import track_changes

__all__ = ["track_changes"]
