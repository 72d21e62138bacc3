"""The meeting screen: clock, KPIs, decisions, action items and notes side by side."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.widgets import Footer

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import mark_sensitive_entries
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.timekeeping import next_item
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.i18n import DIALOGS_CSS, LocalizedScreen
from facilitator.tui.panes import leave_meeting
from facilitator.tui.panes.action_pane import ActionPane
from facilitator.tui.panes.agenda_pane import AgendaPane
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.panes.decision_pane import DecisionPane
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.panes.note_pane import NotePane
from facilitator.tui.panes.pane import Pane
from facilitator.tui.panes.pane_container import PANES, PaneContainer
from facilitator.tui.panes.parking_pane import ParkingPane
from facilitator.tui.screens.minutes import MinutesPreview, MinutesWriter, redacted_minutes
from facilitator.tui.screens.review import ReviewScreen

MEETING_BINDINGS: list[BindingType] = [
    Binding("n,f2", "move_on", N_("Next"), id="meeting.next-item", tooltip=N_("This item stops")),
    Binding("b", "go_back", N_("Back"), id="meeting.previous-item", show=False),
    Binding("p,f3", "pause", N_("Pause"), id="meeting.pause"),
    Binding("plus,equals_sign,f4", "adjust(1)", N_("1 min"), id="meeting.longer", key_display="+"),
    Binding("minus", "adjust(-1)", N_("−1 min"), id="meeting.shorter", show=False, key_display="-"),
    Binding("d", "propose", N_("Question"), id="meeting.decision"),
    Binding("a", "add_action", N_("Action"), id="meeting.action"),
    # On a KPI, d and a are about that KPI; these never are.
    Binding("f7", "propose", N_("Question"), id="meeting.any-decision", show=False),
    Binding("f6", "add_action", N_("Action"), id="meeting.any-action", show=False),
    Binding("t,f5", "note", N_("Note"), id="meeting.note"),
    Binding("k,f8", "park", N_("Park"), id="meeting.park"),
    Binding(
        "l",
        "lose_time",
        N_("Lost minutes"),
        id="meeting.lost",
        show=False,
        tooltip=N_("Take down what minutes were lost to"),
    ),
    Binding("i", "incident", N_("Incident"), id="meeting.incident"),
    Binding(
        "g",
        "answer",
        N_("Answer"),
        id="meeting.focus",
        show=False,
        tooltip=N_("Keep the answer to the opening question"),
    ),
    Binding(
        "exclamation_mark",
        "risks",
        N_("Problems and risks"),
        id="meeting.risks",
        show=False,
        key_display="!",
        tooltip=N_("Who named a problem or signed that none is known; the risk register"),
    ),
    Binding(
        "z",
        "suspend",
        N_("Suspend"),
        id="meeting.suspend",
        show=False,
        tooltip=N_("Break off, and go on later at the same place"),
    ),
    Binding(
        "H",
        "hand_over",
        N_("Hand the pen over"),
        id="meeting.hand-over",
        show=False,
        tooltip=N_("Somebody else records, here or in a terminal of their own"),
    ),
    Binding("r", "take_attendance", N_("Roll call"), id="meeting.roll", show=False),
    Binding("u,ctrl+z", "undo", N_("Undo"), id="meeting.undo"),
    Binding("U,ctrl+y", "redo", N_("Redo"), id="meeting.redo", show=False),
    Binding("m", "minutes", N_("Minutes"), id="meeting.minutes", show=False),
    Binding(
        "q,f10",
        "review",
        N_("Close"),
        id="meeting.review",
        tooltip=N_("Look at what is still open, and close the meeting"),
    ),
    *(
        Binding(str(place), f"pane('{name}')", label, id=f"meeting.pane-{name}", show=False)
        for place, (name, label) in enumerate(PANES)
    ),
    Binding("escape", "focus_agenda", N_("Leave the line"), id="meeting.escape", show=False),
]


class MeetingScreen(LocalizedScreen[bool]):
    """Runs one meeting. Dismisses with whether it was closed."""

    CSS_PATH = [DIALOGS_CSS, "meeting.tcss"]  # so that the first dialog need not wait for it
    HIDDEN_WHEN_NARROW = frozenset({"meeting.incident"})

    BINDINGS = MEETING_BINDINGS

    meeting: var[Meeting | None] = var[Meeting | None](None, bindings=True)

    def __init__(
        self, services: Services, session: MeetingSession, scorecard: Scorecard | None = None
    ) -> None:
        """Run `session`; `scorecard` are its figures, where they are read already."""
        super().__init__()
        self._services = services
        self._session = session
        self._scorecard = scorecard
        self._minutes_writer = MinutesWriter(self, session)

    def compose(self) -> ComposeResult:
        """Status above, agenda at the left, the panes at the right; small terminals get tabs."""
        services, session = self._services, self._session
        yield ClockPane(services, session, id="clock")
        yield PaneContainer(services, session)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show where the meeting stands, and begin to look at the clock."""
        self.meeting = self._session.meeting
        self.action_pane("kpis")
        if self._scorecard is not None:
            self.load_kpis(self._scorecard)

    def on_unmount(self) -> None:
        """Leave nothing unwritten, and put the pen down."""
        try:
            if not self._session.meeting.is_closed:
                self._session.write_minutes()
        except FacilitatorError:
            pass  # the journal is whole; the minutes are written again when it is opened
        finally:
            self._session.leave()

    def show_status(self, status: str) -> None:
        """Say something of the figures, under their table."""
        self.query_one(KpiPane).show_status(status)

    def load_kpis(self, scorecard: Scorecard) -> None:
        """Take the week's figures in, once they are read; a resumed meeting keeps its own."""
        meeting = self._session.meeting
        if meeting.closed_at is None and meeting.scorecard is None:
            self.query_one(KpiPane).load_kpis(scorecard)

    def watch_meeting(self, meeting: Meeting | None) -> None:
        """Hand each pane the meeting; each shows only what changed of its slice."""
        if meeting is None:
            return
        shown = mark_sensitive_entries(meeting)
        for pane in self.query(Pane):
            pane.show(shown)
        self._minutes_writer.schedule()

    @on(ClockPane.Ticked)
    def update_clock(self, looked: ClockPane.Ticked) -> None:
        """Hand the clock's face to the timekeeper."""
        looked.stop()
        self.query_one(AgendaPane).show_clock(looked.face, self._session.meeting, looked.now)

    @on(Pane.MeetingChanged)
    def refresh_meeting(self) -> None:
        """Something was written: show where it led."""
        self.meeting = self._session.meeting

    def action_move_on(self) -> None:
        """Start the next item."""
        self.query_one(PaneContainer).confirm_leaving_item(lambda: self._run_step(self._move_on))

    def action_go_back(self) -> None:
        """Start the item before again."""
        self.query_one(PaneContainer).confirm_leaving_item(lambda: self._run_step(self._go_back))

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        self._run_step(lambda: self._session.step(clock_rules.pause_or_continue))

    def action_adjust(self, minutes: int) -> None:
        """Give the running item more time, or less."""
        by = timedelta(minutes=minutes)
        self._run_step(lambda: self._session.step(clock_rules.change_timebox, by))

    def action_undo(self) -> None:
        """Take the last step back."""
        self._run_step(self._session.undo)

    def action_redo(self) -> None:
        """Repeat the step taken back last."""
        self._run_step(self._session.redo)

    def action_propose(self) -> None:
        """Ask a new question."""
        self.query_one(DecisionPane).propose()

    def action_add_action(self) -> None:
        """Take a promise down."""
        self.query_one(ActionPane).add()

    def action_note(self) -> None:
        """Write a note."""
        self.query_one(PaneContainer).show_pane("notes")
        self.set_focus(self.query_one(NotePane).line)  # at once: the next key is text

    def action_park(self) -> None:
        """Put a topic off."""
        self.query_one(ParkingPane).park()

    def action_lose_time(self) -> None:
        """Take down minutes that were lost."""
        self.query_one(ParkingPane).lose_time()

    def action_incident(self) -> None:
        """Report an incident, or tell how one stands."""
        self.query_one(PaneContainer).incident_controller().open()

    def action_risks(self) -> None:
        """Look at who named a problem, and at the risk register."""
        self.query_one(PaneContainer).risk_controller().open()

    def action_answer(self) -> None:
        """Keep the answer to the opening question."""
        self.query_one(NotePane).answer()

    def action_take_attendance(self) -> None:
        """Call the roll."""
        self.query_one(PaneContainer).take_attendance()

    def action_suspend(self) -> None:
        """Break off, to go on later at the same place."""
        self.query_one(NotePane).flush()
        leave_meeting.suspend(self, self._session)

    def action_hand_over(self) -> None:
        """Have somebody else record."""
        self.query_one(NotePane).flush()
        leave_meeting.hand_over(self, self._session)

    def action_minutes(self) -> None:
        """Look at the minutes as they stand."""
        self.app.push_screen(MinutesPreview(partial(redacted_minutes, self._session)))

    def action_review(self) -> None:
        """Look at what is still open, and close the meeting."""
        self.query_one(NotePane).flush()
        review = ReviewScreen(
            self._services, self._session, edit=self.query_one(PaneContainer).settle
        )
        self.app.push_screen(review, self._review_left)

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        if target := self.query_one(PaneContainer).show_pane(name):
            self.set_focus(target)  # at once: the next key may already be meant for it

    def action_focus_agenda(self) -> None:
        """Leave the help, or the line, so that single letters act again."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
        else:
            self.action_pane("agenda")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what would do nothing now."""
        match action:
            case "undo":
                return True if self._session.last_step else None
            case "redo":
                return True if self._session.next_step else None
            case "move_on":
                return True if next_item(self._session.meeting) else None
            case _:
                return True

    def _move_on(self) -> Meeting:
        return self._session.step(clock_rules.start_next_item)

    def _go_back(self) -> Meeting:
        return self._session.step(clock_rules.start_previous_item)

    def _run_step(self, step: Callable[[], Meeting]) -> None:
        meeting = self.attempt(step)
        if meeting is not None:
            self.meeting = meeting

    def _review_left(self, is_closed: bool | None) -> None:
        if is_closed:
            self.dismiss(result=True)
        else:
            self.meeting = self._session.meeting
