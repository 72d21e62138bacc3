"""`facilitator new`: a commented agenda to fill in, and a folder for its data."""

import argparse
from datetime import datetime, time, timedelta
from pathlib import Path

from facilitator.adapters.agenda_file import create_agenda
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.output import say
from facilitator.cli.workspace import AGENDA_FILE, Workspace, workspace_at
from facilitator.cli.zone import local_zone
from facilitator.render.language import _, spoken

USUAL_START = time(10)


def run(options: argparse.Namespace) -> int:
    """Write the agenda, and say what comes next."""
    here = workspace_at(Path.cwd())
    workspace = Workspace(options.folder.absolute()) if options.folder else here
    home = workspace.agendas / options.name
    file = home / AGENDA_FILE
    create_agenda(file, title="", series=options.name, starts=_next_monday(), language=spoken().tag)
    (home / "data").mkdir(exist_ok=True)
    say(_("{file} is made.").format(file=file))
    say(_("Next: fill it in, put the exports into {folder}, then:").format(folder=home / "data"))
    named = options.name if workspace == here else file
    say(f"  facilitator check {named}")
    say(f"  facilitator run {named}")
    return 0


def _next_monday() -> datetime:
    zone = local_zone()
    now = SystemClock().now().astimezone(zone)
    monday = now.date() + timedelta(days=7 - now.weekday())
    return datetime.combine(monday, USUAL_START, tzinfo=zone)
