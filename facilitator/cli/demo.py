"""`facilitator demo`: the sample in a folder of its own, always prepared for today."""

import argparse
import importlib

from facilitator.cli.output import say
from facilitator.cli.sample_folder import AGENDA_IN, demo_folder, demo_now, prepared
from facilitator.cli.terminal import must_be_terminal, open_screens
from facilitator.cli.workspace import AGENDA_FILE
from facilitator.render.language import spoken


def run(options: argparse.Namespace) -> int:
    """Prepare the sample where it is not there yet, and open it."""
    now = demo_now()
    folder = demo_folder(options.folder, now)
    if options.prepare:
        preparing = importlib.import_module("facilitator.cli.preparing")
        preparing.prepare(folder, now)
        say(str(folder))
        return 0
    must_be_terminal()
    workspace = prepared(folder, now)
    return open_screens(workspace, workspace.agendas / AGENDA_IN[spoken().tag] / AGENDA_FILE)
