"""`facilitator run`: an agenda, ready to begin or to be resumed."""

import argparse
from pathlib import Path

from facilitator.cli.terminal import open_screens
from facilitator.cli.workspace import find_agenda, workspace_of


def run(options: argparse.Namespace) -> int:
    """Open the lobby with this agenda on top."""
    agenda = find_agenda(options.agenda, Path.cwd())
    return open_screens(workspace_of(agenda), agenda)
