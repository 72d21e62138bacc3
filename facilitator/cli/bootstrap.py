"""The composition root: build the services and start the Textual apps.

Adapters and Textual are imported inside the functions that need them, so that commands without
screens do not load Textual, and the lobby paints before what a meeting needs is loaded.
"""

from __future__ import annotations

import gc
import sys
from functools import cache, partial
from typing import TYPE_CHECKING

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.workspace import find_default_agenda, load_agendas
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import current_language

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.cli.workspace import Workspace
    from facilitator.render.language import Language
    from facilitator.session.ports import Clock
    from facilitator.session.services import Services
    from facilitator.tui.clock_app import FindMeeting
    from facilitator.tui.screens.lobby_state import LobbyContext


def build_services(workspace: Workspace, clock: Clock | None = None) -> Services:
    """Return the services of a workspace, with an adapter for each port."""
    from facilitator.adapters.agenda_file import reread_agenda
    from facilitator.adapters.catalogs import load_language
    from facilitator.adapters.due_dates import find_due_dates
    from facilitator.adapters.evidence_file import check_evidence
    from facilitator.adapters.holiday_calendar import working_days
    from facilitator.adapters.in_memory import MemoryJournal, MemoryMinutes
    from facilitator.adapters.incident_journal import IncidentJournal
    from facilitator.adapters.library_file import LibraryFile
    from facilitator.adapters.meetings_folder import MeetingsFolder
    from facilitator.adapters.reports.marketplaces import zone_of
    from facilitator.adapters.scorecard_loader import SubprocessScorecardLoader
    from facilitator.adapters.text_editor import edit_text
    from facilitator.session.services import Services

    library = LibraryFile(workspace.library)
    return Services(
        clock=clock or SystemClock(),
        archive=MeetingsFolder(workspace.meetings, library),
        library=library,
        incidents=IncidentJournal(workspace.meetings),
        scorecard_loader=SubprocessScorecardLoader(),
        language_of=load_language,
        due_dates=find_due_dates,
        working_days=working_days,
        check_evidence=partial(check_evidence, workspace.root),
        edit=edit_text,
        zone_of=zone_of,
        rehearsal_storage=lambda: (MemoryJournal(), MemoryMinutes()),
        reread_agenda=reread_agenda,
    )


def build_lobby_context(workspace: Workspace, language: Language) -> LobbyContext:
    """Return what the lobby needs; agendas in `language` come first."""
    from facilitator.tui.screens.lobby_state import LobbyContext

    return LobbyContext(
        clock=SystemClock(),
        default_agenda=partial(find_default_agenda, workspace),
        agendas=partial(load_agendas, workspace, language),
        build_services=cache(lambda: build_services(workspace)),
    )


def require_terminal() -> None:
    """Raise FacilitatorError where input or output is no terminal, as in a pipe or a job."""
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or not stream.isatty():
            raise FacilitatorError(
                N_(
                    "This command needs a terminal. Without one, use `facilitator check`, `kpi`, "
                    "`minutes` or `actions`."
                )
            )


def open_lobby(workspace: Workspace, agenda: Path | None = None) -> int:
    """Run the app, with `agenda` chosen in the lobby; return the exit code.

    Garbage collection is off until the first paint, of which it would take a tenth; the app
    itself turns it on again.
    """
    require_terminal()
    gc.disable()
    try:
        from facilitator.tui.app import FacilitatorApp

        app = FacilitatorApp(build_lobby_context(workspace, current_language()), agenda=agenda)
        code = app.run()
    finally:
        gc.enable()
    return (app.return_code if code is None else code) or 0


def open_clock(find: FindMeeting) -> int:
    """Run the clock app for the meeting that `find` returns; return the exit code."""
    require_terminal()
    from facilitator.tui.clock_app import ClockApp

    app = ClockApp(find, SystemClock())
    app.run()
    return app.return_code or 0
