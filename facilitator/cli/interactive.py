"""The commands that open the lobby: `facilitator` without a command, `run` and `demo`.

Each returns the exit code of the app.
"""

import argparse
from datetime import datetime
from pathlib import Path

from facilitator.adapters.regular_file import is_folder
from facilitator.cli.bootstrap import open_lobby, require_terminal
from facilitator.cli.demo.sample import (
    AGENDA_BY_LANGUAGE,
    demo_folder,
    demo_now,
    is_sample_prepared,
)
from facilitator.cli.output import print_message, print_text
from facilitator.cli.workspace import (
    AGENDA_FILE,
    Workspace,
    find_agenda,
    workspace_at,
    workspace_of,
)
from facilitator.render.language import _, current_language


def run_lobby(options: argparse.Namespace) -> int:
    """Open the lobby of this workspace, or of the sample where there is nothing yet."""
    require_terminal()
    workspace = workspace_at(Path.cwd())
    if workspace.agenda_files() or is_folder(workspace.meetings):
        return open_lobby(workspace)
    print_message(
        _(
            "There are no agendas here yet, so the sample is shown. Create one with `facilitator "
            "new weekly`."
        )
    )
    now = demo_now()
    return open_lobby(ensure_sample(demo_folder(None, now), now))


def run_agenda(options: argparse.Namespace) -> int:
    """Open the lobby with the agenda that was named."""
    agenda = find_agenda(options.agenda, Path.cwd())
    return open_lobby(workspace_of(agenda), agenda)


def run_demo(options: argparse.Namespace) -> int:
    """Prepare the sample if necessary, and open it; with `--prepare` only print its folder."""
    now = demo_now()
    folder = demo_folder(options.folder, now)
    if options.prepare:
        from facilitator.cli.demo.prepare import prepare_sample  # imports the whole session

        prepare_sample(folder, now)
        print_text(str(folder))
        return 0
    require_terminal()
    workspace = ensure_sample(folder, now)
    return open_lobby(
        workspace, workspace.agendas / AGENDA_BY_LANGUAGE[current_language().tag] / AGENDA_FILE
    )


def ensure_sample(folder: Path, now: datetime) -> Workspace:
    """Return the workspace of the sample, prepared if necessary."""
    if not is_sample_prepared(folder, now.date()):
        print_message(_("Preparing the sample for today in {folder}…").format(folder=folder))
        from facilitator.cli.demo.prepare import prepare_sample  # imports the whole session

        prepare_sample(folder, now)
    return Workspace(folder)
