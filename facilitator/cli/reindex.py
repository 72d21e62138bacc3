"""`facilitator reindex`: the library, built anew from the journals."""

import argparse
from pathlib import Path

from facilitator.adapters.library_file import LibraryFile
from facilitator.cli.output import complain, say
from facilitator.cli.workspace import workspace_at
from facilitator.render.language import _


def run(options: argparse.Namespace) -> int:
    """Build it; the exit code is 1 where a journal could not be read as a whole."""
    workspace = workspace_at(Path.cwd())
    if not workspace.meetings.exists():
        say(_("No meeting was held here yet."))
        return 0
    library = LibraryFile(workspace.library)
    problems = library.rebuild(workspace.meetings)
    for problem in problems:
        complain(problem.said(_))
    count = len(library.meetings())
    say(_("{count} meetings are in {file}.").format(count=count, file=workspace.library))
    return int(any(problem.is_error for problem in problems))
