"""The parts of the desk put together: which adapter stands behind each port."""

from functools import partial

from facilitator.adapters.catalogs import load_language
from facilitator.adapters.due_dates import parse_due_date
from facilitator.adapters.evidence_file import check_evidence
from facilitator.adapters.holiday_calendar import working_days
from facilitator.adapters.in_memory import MemoryJournal, MemoryMinutes
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.adapters.scorecard_loader import SubprocessScorecardLoader
from facilitator.adapters.system_clock import SystemClock
from facilitator.adapters.text_editor import edit_text
from facilitator.cli.workspace import Workspace
from facilitator.session.desk import Desk
from facilitator.session.ports import Clock


def desk(workspace: Workspace, clock: Clock | None = None) -> Desk:
    """The desk of a workspace."""
    library = LibraryFile(workspace.library)
    return Desk(
        clock=clock or SystemClock(),
        archive=MeetingsFolder(workspace.meetings, library),
        library=library,
        incidents=IncidentJournal(workspace.meetings),
        figures=SubprocessScorecardLoader(),
        language_of=load_language,
        due_date=parse_due_date,
        working_days=working_days,
        check_evidence=partial(check_evidence, workspace.root),
        edit=edit_text,
        scratch=lambda: (MemoryJournal(), MemoryMinutes()),
    )
