"""The meeting screen: clock, KPIs, decisions, action items and notes side by side."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.events import Key, Paste
from textual.reactive import var
from textual.widgets import Footer, Input

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.events.meeting import Step
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import mark_sensitive_entries
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import lifecycle
from facilitator.domain.timekeeping import next_item
from facilitator.render.announcements import storage_lines, waiting_lines
from facilitator.render.language import _, current_language
from facilitator.render.steps import step_text
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.controller import Controller, MeetingController
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.hand_over import HandOverDialog, NextRecorder
from facilitator.tui.dialogs.questions import Confirm
from facilitator.tui.i18n import DIALOGS_CSS, WIDE_TERMINAL, LocalizedScreen, prefers_function_keys
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
from facilitator.tui.stray_notes import StrayNotes
from facilitator.tui.widgets.announcement_line import AnnouncementLine

MEETING_BINDINGS: list[BindingType] = [
    Binding(
        "n,f2",
        "move_on",
        N_("Next"),
        id="meeting.next-item",
        tooltip=N_("Stop this item and start the next one"),
    ),
    Binding("b", "go_back", N_("Back"), id="meeting.previous-item", show=False),
    Binding("p,f3", "pause", N_("Pause"), id="meeting.pause"),
    Binding("plus,equals_sign,f4", "adjust(1)", N_("1 min"), id="meeting.longer", key_display="+"),
    Binding("minus", "adjust(-1)", N_("−1 min"), id="meeting.shorter", show=False, key_display="-"),
    # These are always new ones; A, D and K in a list act on the row under the cursor.
    Binding("d,f7", "propose", N_("Question"), id="meeting.decision"),
    Binding("a,f6", "add_action", N_("Action"), id="meeting.action"),
    Binding("t,f5", "note", N_("Note"), id="meeting.note"),
    Binding("k,f8", "park", N_("Park"), id="meeting.park"),
    Binding(
        "l",
        "lose_time",
        N_("Lost minutes"),
        id="meeting.lost",
        show=False,
        tooltip=N_("Record lost minutes and why"),
    ),
    Binding("i", "incident", N_("Incident"), id="meeting.incident"),
    Binding(
        "g,f12",
        "answer",
        N_("Answer"),
        id="meeting.focus",
        show=False,
        tooltip=N_("Write down the answer to the opening question"),
    ),
    Binding(
        "f,f9",
        "review_focus",
        N_("Focus review"),
        id="meeting.focus-review",
        show=False,
        tooltip=N_("Which open action items and questions still serve today's focus"),
    ),
    Binding("A,D,K", "explain_row_keys", show=False),
    Binding(
        "exclamation_mark",
        "risks",
        N_("Problems and risks"),
        id="meeting.risks",
        show=False,
        key_display="!",
        tooltip=N_("Who named a problem or signed off that none is known, and the risk register"),
    ),
    Binding(
        "z",
        "suspend",
        N_("Suspend"),
        id="meeting.suspend",
        show=False,
        tooltip=N_("Stop now and continue later at the same place"),
    ),
    Binding(
        "H",
        "hand_over",
        N_("Change the recorder"),
        id="meeting.hand-over",
        show=False,
        tooltip=N_("Somebody else records, on this computer or another"),
    ),
    Binding("J", "put_back", N_("Put the journal back"), id="meeting.journal", show=False),
    Binding("r", "take_attendance", N_("Attendance"), id="meeting.roll", show=False),
    Binding("u,ctrl+z", "undo", N_("Undo"), id="meeting.undo"),
    Binding("U,ctrl+y", "redo", N_("Redo"), id="meeting.redo", show=False),
    Binding("m", "minutes", N_("Minutes"), id="meeting.minutes", show=False),
    Binding(
        "q,f10",
        "review",
        N_("Close"),
        id="meeting.review",
        tooltip=N_("Check what is still open, and close the meeting"),
    ),
    *(
        Binding(str(place), f"pane('{name}')", label, id=f"meeting.pane-{name}", show=False)
        for place, (name, label) in enumerate(PANES)
    ),
    Binding(
        "escape",
        "leave_line",
        N_("Letters act"),
        id="meeting.escape",
        show=False,
        tooltip=N_("Leave the line: letters are commands again"),
    ),
]


HIDDEN_FUNCTION_KEYS = frozenset({"meeting.longer"})
HIDDEN_WHILE_TYPING = frozenset(
    {"meeting.longer", "meeting.note", "meeting.undo", "meeting.review"}
)
"""The ids of the bindings whose function keys a narrow footer has no room for."""


class MeetingScreen(LocalizedScreen[bool]):
    """Runs one meeting. Dismisses with whether it was closed."""

    CSS_PATH = [DIALOGS_CSS, "meeting.tcss"]  # so that the first dialog need not wait for it
    HIDDEN_WHEN_NARROW = frozenset({"meeting.incident"})

    BINDINGS = MEETING_BINDINGS

    announcements = getters.query_one(AnnouncementLine)
    meeting: var[Meeting | None] = var[Meeting | None](None, bindings=True)

    def __init__(
        self, services: Services, session: MeetingSession, scorecard: Scorecard | None = None
    ) -> None:
        """Run `session`; `scorecard` holds its figures, where they are read already."""
        super().__init__()
        self._session = session
        self._scorecard = scorecard
        self._controller = MeetingController(self, services, session)
        self._minutes_writer = MinutesWriter(self, session)
        self._stray_notes = StrayNotes(self._controller, self._say)
        self._files_changed: tuple[Path | None, Path | None] = (None, None)

    def compose(self) -> ComposeResult:
        """Status above, agenda at the left, the panes at the right; small terminals get tabs."""
        yield ClockPane(self._controller, id="clock")
        yield PaneContainer(self._controller)
        yield AnnouncementLine()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the meeting, and record the figures of the week."""
        self.meeting = self._session.meeting
        self._minutes_writer.start()
        self.action_pane("kpis")
        if self._scorecard is not None:
            self.load_kpis(self._scorecard)
        if (opening := self._session.opening) is not None:
            news = (each.translate(_) for each in opening.news)
            self.announcements.done = "\n".join(news)

    def on_unmount(self) -> None:
        """Write the minutes, and close the journal."""
        try:
            # The journal is whole all the same: the minutes are written when it is opened again.
            with suppress(FacilitatorError):
                if not self._session.meeting.is_closed:
                    self._session.write_minutes()
        finally:
            self._session.leave()

    def save_draft_now(self) -> None:
        """Save what stands in the line for notes."""
        self.query_one(NotePane).flush()

    def on_screen_resume(self) -> None:
        """Show what a dialog changed, such as the draft that it was left with."""
        self.meeting = self._session.meeting

    def show_status(self, status: str) -> None:
        """Show a line about the figures, under their table."""
        self.query_one(KpiPane).show_status(status)

    def load_kpis(self, scorecard: Scorecard) -> None:
        """Record the figures of the week; a meeting that has its own keeps them."""
        meeting = self._session.meeting
        if meeting.closed_at is None and meeting.scorecard is None:
            self.query_one(KpiPane).load_kpis(scorecard)

    def watch_meeting(self, meeting: Meeting | None) -> None:
        """Pass the meeting to each pane; each shows only what changed of its slice."""
        if meeting is None:
            return
        self.announcements.show_step(self._session.last_step, meeting)
        self._show_waiting(meeting)
        shown = mark_sensitive_entries(meeting)
        for pane in self.query(Pane):
            pane.show(shown)

    def _show_waiting(self, meeting: Meeting) -> None:
        """Show what waits, first what others did to the meeting's files."""
        session, language = self._session, current_language()
        files = storage_lines(session.recovered, session.minutes_kept, language)
        self.announcements.waiting = (*files, *waiting_lines(meeting, language))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The active bindings; undo and redo say what they would do, Escape while text is typed."""
        steps = {"undo": self._session.last_step, "redo": self._session.next_step}
        bindings = super().active_bindings
        for key, active in bindings.items():
            if what := self._step_text(steps.get(active.binding.action)):
                binding = replace(active.binding, tooltip=what)
                bindings[key] = active._replace(binding=binding, tooltip=what)
        is_typing = isinstance(self.focused, Input)
        if is_typing and (leave := bindings.pop("escape", None)):
            shown = leave._replace(binding=replace(leave.binding, show=True))
            bindings = {"escape": shown, **bindings}
        if self.app.size.width < WIDE_TERMINAL and (is_typing or prefers_function_keys()):
            hidden = HIDDEN_WHILE_TYPING if is_typing else HIDDEN_FUNCTION_KEYS
            for key, active in bindings.items():
                if active.binding.id in hidden:
                    bindings[key] = active._replace(binding=replace(active.binding, show=False))
        return bindings

    @on(ClockPane.Ticked)
    def update_clock(self, looked: ClockPane.Ticked) -> None:
        """Pass the face of the clock to the timekeeper."""
        looked.stop()
        self._show_files_changed_by_others()
        self.query_one(AgendaPane).show_clock(looked.face, self._session.meeting, looked.now)

    @on(Controller.Changed)
    def refresh_meeting(self) -> None:
        """Show what was written."""
        self.meeting = self._session.meeting

    def _show_files_changed_by_others(self) -> None:
        """Show it also where no step, but the saving of the clock or of a draft found it."""
        found = (self._session.recovered, self._session.minutes_kept)
        if self.meeting is not None and found != self._files_changed:
            self._files_changed = found
            self._show_waiting(self.meeting)

    def action_put_back(self) -> None:
        """Ask whether to make the meeting's own steps the journal again."""
        recovered = self._session.recovered
        if recovered is None:
            return

        def answered(is_confirmed: bool | None) -> None:
            if is_confirmed:
                with self._controller.errors():
                    self._session.merge_journal()
                    self._files_changed = (None, self._session.minutes_kept)
                    self.meeting = self._session.meeting
                    self._show_waiting(self._session.meeting)
                    self._controller.announce(_("The journal is whole again."))

        question = _(
            "Another program, such as one that synchronizes folders, replaced or deleted the "
            "journal of this meeting. All steps are in {file}. They become the journal again. The "
            "other copy is kept beside it; what it has besides is taken over."
        ).format(file=recovered.name)
        self.app.push_screen(Confirm(_("Put the journal back"), question), answered)

    def action_move_on(self) -> None:
        """Start the next item."""
        self.query_one(PaneContainer).leave_item(clock_rules.start_next_item)

    def action_go_back(self) -> None:
        """Start the item before again."""
        self.query_one(PaneContainer).leave_item(clock_rules.start_previous_item)

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        self._controller.attempt(clock_rules.pause_or_continue)

    def action_adjust(self, minutes: int) -> None:
        """Give the running item more time, or less."""
        self._controller.attempt(clock_rules.change_timebox, timedelta(minutes=minutes))

    @on(Controller.Announced)
    def show_announcement(self, announced: Controller.Announced) -> None:
        """Show what was announced, until the next step."""
        announced.stop()
        self.announcements.done = announced.text

    def takes_stray_key(self, event: Key) -> bool:
        """Return whether a key belongs to a sentence typed where letters are commands."""
        return self._stray_notes.takes_key(event)

    def _say(self, text: str) -> None:
        """Show the meeting as it is now, and what happened to it."""
        self.meeting = self._session.meeting
        self.announcements.done = text

    def on_paste(self, event: Paste) -> None:
        """Put what is pasted over a list into the line for notes."""
        event.stop()
        self.action_note()
        self.query_one(NotePane).line.post_message(Paste(event.text))

    def action_undo(self) -> None:
        """Take the last step back, and say which; or all that a stray sentence did."""
        if not self._stray_notes.take_back():
            self._controller.undo_step()

    def action_redo(self) -> None:
        """Repeat the step taken back last, and say which."""
        with self._controller.errors():
            self.meeting = self._session.redo()
            what = self._step_text(self._session.last_step)
            self.announcements.done = _("Redid: {what} · u undoes").format(what=what)

    def _step_text(self, step: Step | None) -> str:
        return step_text(step, self._session.meeting, current_language()) if step else ""

    def action_propose(self) -> None:
        """Ask for a new question."""
        self.query_one(DecisionPane).propose()

    def action_add_action(self) -> None:
        """Ask for a new action item."""
        self.query_one(ActionPane).add()

    def action_note(self) -> None:
        """Write a note, which begins with a sentence that was typed elsewhere."""
        line = self.query_one(NotePane).line
        if offered := self._stray_notes.take_back():
            line.value = " ".join(filter(None, (line.value, offered)))
            line.cursor_position = len(line.value)
        self.query_one(PaneContainer).show_pane("notes")
        self.set_focus(line)  # at once: the next key is text

    def action_park(self) -> None:
        """Park a topic."""
        self.query_one(ParkingPane).park()

    def action_lose_time(self) -> None:
        """Record minutes that were lost."""
        self.query_one(ParkingPane).lose_time()

    def action_incident(self) -> None:
        """Report an incident, or update one."""
        self.query_one(PaneContainer).incident_controller().open()

    def action_risks(self) -> None:
        """Show who named a problem, and the risk register."""
        self.query_one(PaneContainer).risk_controller().open()

    def action_answer(self) -> None:
        """Ask for the answer to the opening question."""
        self.query_one(NotePane).answer()

    def action_review_focus(self) -> None:
        """Ask which open entries still serve the focus."""
        self.query_one(NotePane).review_focus()

    def action_explain_row_keys(self) -> None:
        """Say what the capital letters need, where no list took them."""
        self._controller.announce(
            _(
                "A, D and K act on the row under the cursor: a KPI, a note or a question. "
                "a, d and k are always new."
            )
        )

    def action_take_attendance(self) -> None:
        """Ask who is present."""
        self.query_one(PaneContainer).take_attendance()

    def action_suspend(self) -> None:
        """Ask whether to break off, to go on later at the same place."""
        self.save_draft_now()
        if self._session.meeting_id is None:
            self.notify(_("A rehearsal is not saved, so it cannot be suspended."))
            return

        def answered(is_confirmed: bool | None) -> None:
            if is_confirmed and self._controller.attempt(lifecycle.suspend_meeting):
                self.dismiss(result=False)

        question = _(
            "The clock stops and the lobby opens. Resume continues at the same item. The end of "
            "the meeting moves by the length of the break, which the minutes show."
        )
        self.app.push_screen(Confirm(_("Suspend the meeting"), question), answered)

    def action_hand_over(self) -> None:
        """Ask who records from now on; leave where they do so at another terminal."""
        self.save_draft_now()
        is_kept = self._session.meeting_id is not None  # a rehearsal has no other terminal

        def submit(to: NextRecorder) -> None:
            self._controller.step(
                lifecycle.change_recorder, to.person, lets_go=to.is_elsewhere and is_kept
            )

        def answered(to: NextRecorder | None) -> None:
            recorder = self._session.meeting.recorder
            if to is not None and to.is_elsewhere and is_kept:
                self.dismiss(result=False)
            elif to is not None and recorder is not None:
                text = _("The recorder is {name}.").format(name=recorder.name)
                self.notify(text, markup=False)

        meeting = self._session.meeting
        self.app.push_screen(
            HandOverDialog(
                meeting.agenda.people, meeting.recorder, handler=FormHandler(submit=submit)
            ),
            answered,
        )

    def action_minutes(self) -> None:
        """Show the minutes as they stand."""
        session = self._session
        self.app.push_screen(
            MinutesPreview(partial(redacted_minutes, session), lambda: session.meeting)
        )

    def action_review(self) -> None:
        """Show what is still open, to close the meeting."""
        self.save_draft_now()
        review = ReviewScreen(
            self._controller.services, self._session, self.query_one(PaneContainer)
        )
        self.app.push_screen(review, self._review_left)

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        if target := self.query_one(PaneContainer).show_pane(name):
            self.set_focus(target)  # at once: the next key may already be meant for it

    def action_leave_line(self) -> None:
        """Leave the help, or the line for notes: single letters are keys again."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
        elif isinstance(self.focused, Input):
            self.action_pane("notes")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the keys that would do nothing now."""
        match action:
            case "undo":
                return True if self._session.last_step else None
            case "redo":
                return True if self._session.next_step else None
            case "put_back":
                return self._session.recovered is not None
            case "move_on":
                return True if next_item(self._session.meeting) else None
            case _:
                return True

    def _review_left(self, is_closed: bool | None) -> None:
        if is_closed:
            self.dismiss(result=True)
        else:
            self.meeting = self._session.meeting
