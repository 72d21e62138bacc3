"""The board: all panes side by side, or one at a time behind tabs in a small terminal."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.session.desk import Desk
from facilitator.session.session import MeetingSession
from facilitator.tui.panes.action_pane import ActionPane
from facilitator.tui.panes.agenda_pane import AgendaPane
from facilitator.tui.panes.decision_pane import DecisionPane
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.panes.note_pane import NotePane
from facilitator.tui.panes.parking_pane import ParkingPane

PANES = (
    ("agenda", N_("0 Agenda")),
    ("kpis", N_("1 KPIs")),
    ("decisions", N_("2 Decisions")),
    ("actions", N_("3 Actions")),
    ("notes", N_("4 Notes")),
    ("parking", N_("5 Parking")),
)
"""The panes by the key that goes to each."""


class Board(Vertical):
    """Holds the panes, and turns to one of them."""

    def __init__(self, desk: Desk, session: MeetingSession) -> None:
        """Hold the panes of `session`."""
        super().__init__()
        self._desk = desk
        self._session = session

    def compose(self) -> ComposeResult:
        """Agenda at the left, the work at the right; the tabs show in small terminals."""
        desk, session = self._desk, self._session
        yield Tabs(*(Tab(_(label), id=f"tab-{name}") for name, label in PANES), active="tab-kpis")
        with Horizontal(id="panes"):
            yield AgendaPane(desk, session, id="agenda")
            with Vertical(id="work"):
                yield KpiPane(desk, session, id="kpis")
                with Horizontal(id="queues"):
                    yield DecisionPane(desk, session, id="decisions")
                    yield ActionPane(desk, session, id="actions")
                with Horizontal(id="writing"):
                    yield NotePane(desk, session, id="notes")
                    yield ParkingPane(desk, session, id="parking")

    def turn_to(self, name: str) -> Widget | None:
        """Bring a pane to the front; returns what its keys go to."""
        self._show(name)
        tabs = self.query_one(Tabs)
        with tabs.prevent(Tabs.TabActivated):
            tabs.active = f"tab-{name}"
        inside = self.query_one(f"#{name}").query("*")
        return next((each for each in inside if each.focusable), None)

    @on(Tabs.TabActivated)
    def tab_chosen(self, activated: Tabs.TabActivated) -> None:
        """A tab was clicked or walked to."""
        if activated.tab.id:
            self._show(activated.tab.id.removeprefix("tab-"))

    def _show(self, name: str) -> None:
        for each, _label in PANES:
            self.set_class(each == name, f"-pane-{each}")
