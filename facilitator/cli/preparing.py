"""The sample made ready: its days moved to today, last week's meeting held."""

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from facilitator.adapters.in_memory import ManualClock
from facilitator.adapters.publication_file import write_publication
from facilitator.cli.compose import desk
from facilitator.cli.last_week import hold_meeting
from facilitator.cli.last_week_story import STORIES
from facilitator.cli.sample_copy import copy_moved, move_to
from facilitator.cli.sample_folder import AGENDA_IN, is_prepared, sample_agenda
from facilitator.cli.workspace import Workspace, sample_agendas
from facilitator.domain.publication import mark_published
from facilitator.session.publishing import pre_read

WEEK = timedelta(weeks=1)
SENT_BEFORE = timedelta(hours=26)
"""How long before the meeting its people got the agenda."""


def prepare(folder: Path, now: datetime) -> None:
    """Make the sample for this moment; what is there for today already is left alone.

    The folder appears as a whole or not at all.
    """
    if is_prepared(folder, now.date()):
        return
    source = sample_agendas()
    move = move_to(now, sample_agenda(source).starts.date())
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=folder.parent) as beside:
        made = Workspace(Path(beside) / folder.name)
        for name in AGENDA_IN.values():
            copy_moved(source / name, made.agendas / name, move)
        for tag in AGENDA_IN:
            _hold_last_week(made, tag, folder)
            _publish(made, tag, now)
        if folder.exists():
            folder.rmdir()
        made.root.replace(folder)


def _hold_last_week(made: Workspace, tag: str, folder: Path) -> None:
    agenda = sample_agenda(made.agendas, AGENDA_IN[tag])
    starts = agenda.starts - WEEK
    before = replace(agenda, starts=starts, sent_at=starts - SENT_BEFORE)
    clock = ManualClock(before.starts)
    at = desk(made, clock)
    scorecard = at.load(before)
    moved = replace(before, file=str(folder / Path(agenda.file).relative_to(made.root)))
    hold_meeting(at, clock, moved, STORIES[tag], scorecard)


def _publish(made: Workspace, tag: str, now: datetime) -> None:
    """Send today's agenda, in time."""
    agenda = sample_agenda(made.agendas, AGENDA_IN[tag])
    at = desk(made, ManualClock(now))
    sent = mark_published(None, agenda.starts, agenda.starts - SENT_BEFORE)
    write_publication(Path(agenda.file), sent, pre_read(at, agenda, at.load(agenda)))
