"""What the first visitor after a start would wait for, done beforehand while nobody waits."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path
from time import sleep

import anyio

from jobs.health.around import read_surroundings
from jobs.offices import office_name
from jobs.report.approval.drafts import office_drafts
from jobs.report.issues import list_issues
from jobs.report.state.facts import read_facts
from jobs.report.state.overview import read_origin, read_year
from jobs.uploads.overview import read_overview
from jobs.users.signing_in import find_visitor
from jobs.years.confirm import list_years
from office.layout import years_of
from web.pages import compile_templates
from web.site import Site

_PAUSE_SECONDS = 0.05


def warm(site: Site) -> None:
    """Translate the templates, read the offices' names, and ask what the page asks, of one office.

    Of the answers nothing is kept but how they were found: templates as code, statements as text, modules.
    What goes wrong is no matter of this: whoever opens the page is told.
    """
    with suppress(Exception):
        anyio.run(anyio.sleep, 0)  # what runs the pages' functions in threads is a module of its own
        compile_templates()
        find_visitor(site.engine, "", site.clock())
        folders = list(site.offices().values())
        for folder in folders:
            office_name(folder)
        for folder in folders[:1]:
            _look_at(site, folder)
    # What is there now stays until the end: to look through it again and again for what is no longer used
    # stopped a request now and then for a fifth of a second.
    gc.collect()
    gc.freeze()


def learn(site: Site) -> None:
    """Read what the start page needs of every office and year, one after the other with pauses for visitors.

    An office with five years takes a tenth of a second, which whoever opens it first would wait for.
    """
    for folder in site.offices().values():
        with suppress(Exception):  # whoever opens that office is told
            for year in years_of(folder):
                site.facts(folder, year)
                sleep(_PAUSE_SECONDS)


def _look_at(site: Site, folder: Path) -> None:
    space = site.workspace(folder)
    facts = read_facts(space)
    found = read_year(space, facts)
    for state in found.indicators[:1]:
        read_origin(space, facts, str(state.row["id"]))
    read_surroundings(space, [facts.sources] if facts.sources else [])
    list_issues(space)
    office_drafts(space)
    list_years(space)
    read_overview(space, folders=False)
