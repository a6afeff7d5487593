"""Who of a year's recipients gets which mails, by their roles."""

from __future__ import annotations

from pydantic import Field

from office.fields import Entry, Text


class MailRoles(Entry):
    """``mail`` of ``<year>/year.yaml``.

    Attributes:
        release: Roles, as ``recipients`` has them, that get the mail of an issue; none means all.
        failure: Roles that are told of what goes wrong, beside the technician.
    """

    release: list[Text] = Field(default_factory=list)
    failure: list[Text] = Field(default_factory=list)
