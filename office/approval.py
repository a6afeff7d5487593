"""That issues of a year go out only when a person has approved them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from office.fields import Entry, Text


class Approval(Entry):
    """``approval`` of ``<year>/year.yaml``; a year without it needs nobody's approval.

    Attributes:
        roles: Of the recipients who are told that a draft waits, as ``recipients`` has them.
        remind_after: Days after which they are reminded, and again after as many.
    """

    roles: Annotated[list[Text], Field(min_length=1)]
    remind_after: Annotated[int, Field(ge=1)] = 3
