"""What the library remembers, brought up to date with the journals first."""

import argparse
from dataclasses import replace
from pathlib import Path

from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.cli.output import complain
from facilitator.cli.workspace import workspace_at
from facilitator.domain.past.meetings import Past
from facilitator.render.language import _
from facilitator.session.incidents import of_series


def remembered(options: argparse.Namespace) -> Past:
    """The past of the series asked for, or of all; what is odd about a journal is told."""
    workspace = workspace_at(Path.cwd())
    library = LibraryFile(workspace.library)
    for problem in library.sync(workspace.meetings):
        complain(problem.said(_))
    past = library.past(options.series)
    if options.series and not past.meetings:
        known = sorted({each.series for each in library.past().meetings})
        told = _("No meeting of the series “{name}” was held here; there are: {series}.")
        complain(told.format(name=options.series, series=_(", ").join(known) or "–"))
    log = IncidentJournal(workspace.meetings)
    return replace(past, incidents=of_series(log.incidents(), options.series))
