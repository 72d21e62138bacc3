"""The screens, with the reception of a workspace. Importing this module loads Textual."""

from pathlib import Path

from facilitator.cli.front_door import reception
from facilitator.cli.workspace import Workspace
from facilitator.render.language import spoken
from facilitator.tui.app import FacilitatorApp


def show(workspace: Workspace, agenda: Path | None) -> int:
    """Show the lobby, with this agenda on top where one is named; returns the exit code."""
    app = FacilitatorApp(reception(workspace, spoken()), agenda=agenda)
    code = app.run()
    return (app.return_code if code is None else code) or 0
