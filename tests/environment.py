"""A workspace for tests: real journals and library in a folder, everything else in memory."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from facilitator.adapters.due_dates import find_due_dates
from facilitator.adapters.evidence_file import check_evidence
from facilitator.adapters.holiday_calendar import working_days
from facilitator.adapters.in_memory import ManualClock, MemoryJournal, MemoryMinutes
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.facts import LoadProgress, ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import actions
from facilitator.render.language import Language
from facilitator.session.ports import EditedText, ScorecardLoader
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import PreparedAgenda
from facilitator.tui.screens.lobby_state import LobbyContext
from tests.factories import OPENED, agenda, close_meeting, scorecard


class BlockingScorecardLoader:
    """A given scorecard and breakdown; a load waits while it is blocked."""

    def __init__(self) -> None:
        self.scorecard = scorecard()
        self.movers = Breakdown()
        self.loads = 0
        self._may_end = threading.Event()
        self._may_end.set()
        self._has_begun = threading.Event()

    def block(self) -> None:
        """Let loads begin, but not end."""
        self._may_end.clear()

    def unblock(self) -> None:
        """Let loads end."""
        self._may_end.set()

    async def wait_for_progress(self) -> None:
        """Wait until a load has reported its first step."""
        assert await asyncio.to_thread(self._has_begun.wait, 20)

    def load(
        self,
        _agenda: Agenda,
        _on: date,
        progress: ProgressCallback | None = None,
        _today: date | None = None,
    ) -> Scorecard:
        """Return `scorecard`, once it may end."""
        self.loads += 1
        if progress is not None:
            progress(LoadProgress(file="US/search-term.csv", done=43, total=100))
        self._has_begun.set()
        self._may_end.wait(timeout=20)
        return self.scorecard

    def breakdown(self, _agenda: Agenda, _week: Week, _definition: KpiDefinition) -> Breakdown:
        """Return `movers`, once it may end."""
        self._may_end.wait(timeout=20)
        return self.movers


class AppEnvironment:
    """The services in a folder, and what a test looks at; meetings of one series in it."""

    def __init__(
        self,
        folder: Path,
        *agendas: PreparedAgenda,
        scorecard_loader: ScorecardLoader | None = None,
    ) -> None:
        self.clock = ManualClock(OPENED)
        self.scorecard_loader = BlockingScorecardLoader()
        self.library = LibraryFile(folder / "library.json")
        self.agendas = list(agendas or [prepared_agenda(agenda())])
        self.minutes = MemoryMinutes()
        self.folder = folder
        self.services = Services(
            clock=self.clock,
            archive=MeetingsFolder(folder, self.library),
            library=self.library,
            incidents=IncidentJournal(folder),
            scorecard_loader=scorecard_loader or self.scorecard_loader,
            language_of=lambda _tag: Language(),
            due_dates=find_due_dates,
            working_days=working_days,
            check_evidence=partial(check_evidence, folder),
            edit=lambda text, _is_ending: EditedText(text),
            zone_of=lambda _marketplace: None,
            rehearsal_storage=lambda: (MemoryJournal(), self.minutes),
        )
        self.lobby_context = LobbyContext(
            clock=self.clock,
            default_agenda=lambda _named: None,
            agendas=self._agendas,
            build_services=lambda: self.services,
        )

    def _agendas(self) -> Sequence[PreparedAgenda]:
        return tuple(self.agendas)

    def begin(self, prepared: Agenda | None = None) -> MeetingSession:
        """Begin a meeting with what the meetings before it left."""
        prepared = prepared or agenda()
        return self.services.begin(prepared, self.services.carried(prepared))

    def close(self, session: MeetingSession) -> Meeting:
        """Accept what is open, close the meeting, and update everything on disk."""
        session.write_minutes()
        close_meeting(session)
        self.services.finish(session)
        return session.meeting

    def hold_meeting(self, action: ActionItem) -> Meeting:
        """Begin a meeting, add one action item and close it, in no time."""
        session = self.begin()
        session.step(actions.add_action, action)
        return self.close(session)


def prepared_agenda(read: Agenda) -> PreparedAgenda:
    """Return an agenda as if read from a file without faults."""
    return PreparedAgenda(file=Path(f"agendas/{read.series}/agenda.toml"), agenda=read)
