"""The parts put together: which adapter stands behind each port."""

from collections.abc import Sequence
from functools import partial

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.dates import due_date
from facilitator.adapters.figures import ReportFigures
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.adapters.memory import MemoryJournal, MemoryMinutes
from facilitator.adapters.system_clock import SystemClock
from facilitator.adapters.text_editor import edit_text
from facilitator.cli.workspace import Workspace
from facilitator.render.language import Language
from facilitator.session.desk import Desk
from facilitator.session.ports import Clock, PreparedAgenda


def desk(workspace: Workspace, language: Language, clock: Clock | None = None) -> Desk:
    """The desk of a workspace; agendas in `language` lie on top."""
    library = LibraryFile(workspace.library)
    return Desk(
        clock=clock or SystemClock(),
        archive=MeetingsFolder(workspace.meetings, library),
        library=library,
        figures=ReportFigures(),
        agendas=partial(_prepared, workspace, language),
        language_of=load_language,
        due_date=due_date,
        edit=edit_text,
        scratch=lambda: (MemoryJournal(), MemoryMinutes()),
    )


def _prepared(workspace: Workspace, language: Language) -> Sequence[PreparedAgenda]:
    read = []
    for file in workspace.agenda_files():
        agenda, problems = read_agenda(file)
        read.append(PreparedAgenda(file=file, agenda=agenda, problems=problems))
    return sorted(
        read, key=lambda each: each.agenda is not None and each.agenda.language != language.tag
    )
