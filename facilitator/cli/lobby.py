"""`facilitator`: the lobby of the workspace here, or of the sample where there is none yet."""

import argparse
from pathlib import Path

from facilitator.cli.output import complain
from facilitator.cli.sample_folder import demo_folder, demo_now, prepared
from facilitator.cli.terminal import must_be_terminal, open_screens
from facilitator.cli.workspace import workspace_at
from facilitator.render.language import _


def run(options: argparse.Namespace) -> int:
    """Open the lobby."""
    must_be_terminal()
    workspace = workspace_at(Path.cwd())
    if workspace.agenda_files() or workspace.meetings.is_dir():
        return open_screens(workspace)
    complain(
        _("No agendas are here yet, so this is the sample. `facilitator new weekly` makes one.")
    )
    now = demo_now()
    return open_screens(prepared(demo_folder(None, now), now))
