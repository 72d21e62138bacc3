"""A bare wall to hang one dialog on, in the program's own style."""

from pathlib import Path

from textual.app import App

import facilitator.tui
from facilitator.tui.app import FacilitatorApp


class Wall(App[None]):
    """Nothing but a place for a dialog."""

    CSS_PATH = Path(facilitator.tui.__file__).parent / "facilitator.tcss"
    HORIZONTAL_BREAKPOINTS = FacilitatorApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = FacilitatorApp.VERTICAL_BREAKPOINTS
