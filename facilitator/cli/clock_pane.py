"""The timekeeper's pane. Importing this module loads Textual."""

from facilitator.adapters.system_clock import SystemClock
from facilitator.tui.clock_app import ClockApp, Find


def show(find: Find) -> int:
    """Follow what `find` finds until somebody leaves; returns the exit code."""
    app = ClockApp(find, SystemClock())
    app.run()
    return app.return_code or 0
