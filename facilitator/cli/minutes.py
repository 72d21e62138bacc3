"""`facilitator minutes`: the minutes of a meeting, written anew from its journal."""

import argparse
from pathlib import Path

from facilitator.adapters.atomic_file import replace_text
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.journal_reader import read_journal, recover_events
from facilitator.cli.meetings import choose_meeting, journal_of
from facilitator.cli.output import complain, say
from facilitator.cli.workspace import workspace_at
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.redaction import contains_sensitive
from facilitator.render.language import _
from facilitator.render.minutes import render_copy, render_minutes


def run(options: argparse.Namespace) -> int:
    """Write them; the exit code is 1 where the journal is damaged and something may lack."""
    workspace = workspace_at(Path.cwd())
    journal = journal_of(workspace, choose_meeting(workspace, options.meeting))
    reading = read_journal(journal)
    found = recover_events(journal, reading.events)
    problems = reading.problems + found.problems
    for problem in problems:
        complain(problem.said(_))
    if found.meeting is None:
        raise JournalError(N_("{file} does not begin with the opening of a meeting."), file=journal)
    language = load_language(options.language or found.meeting.agenda.language)
    is_private = options.complete and contains_sensitive(found.meeting)
    if is_private:
        complain(_("This is the recorder's own: it holds what is sensitive. Do not send it."))
    render = render_minutes if options.complete else render_copy
    text = render(found.meeting, language)
    if options.output:
        replace_text(options.output, text, is_private=is_private)
        complain(_("The minutes are in {file}.").format(file=options.output))
    else:
        say(text.rstrip("\n"))
    return int(bool(problems))
