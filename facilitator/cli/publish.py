"""`facilitator publish`: the pre-read that is sent before the meeting, and when it was."""

import argparse
from dataclasses import replace
from pathlib import Path

from facilitator.adapters.publication_file import read_publication, write_publication
from facilitator.cli.agendas import usable_agenda
from facilitator.cli.compose import desk
from facilitator.cli.output import say
from facilitator.cli.workspace import find_agenda, workspace_of
from facilitator.domain.publication import describe_sending, mark_published
from facilitator.render.language import _, spoken
from facilitator.session.publishing import pre_read


def run(options: argparse.Namespace) -> int:
    """Write it, and say how long before the meeting that is; sent again, the first time counts."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda = usable_agenda(file)
    at = desk(workspace_of(file))
    text = pre_read(at, agenda, at.load(agenda))
    before, _doubts = read_publication(file)
    publication = mark_published(before, agenda.starts, at.clock.now())
    path = write_publication(file, publication, text)
    say(_("{file} is written; send it to everybody.").format(file=path))
    if publication.updated_at is not None:
        say(_("It was published before: it is updated, and the first time counts."))
    if sent := describe_sending(replace(agenda, sent_at=publication.sent_at)):
        say(_("Agenda: {sent}").format(sent=spoken().said(sent)))
    return 0
