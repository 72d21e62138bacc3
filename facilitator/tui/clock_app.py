"""The clock app: shows the clock of the meeting that another terminal runs; writes nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from facilitator.domain.errors import N_, JournalError, StorageError
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import REDACTED_TEXT, redact
from facilitator.domain.rules.clock import MAX_RECORDER_CHANGE
from facilitator.domain.text import one_line
from facilitator.domain.timekeeping import read_clock
from facilitator.render.clock_face import ClockFace, clock_face
from facilitator.render.language import _, current_language
from facilitator.session.ports import Clock
from facilitator.session.session import SLEEP_THRESHOLD
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.terminal_app import TerminalApp
from facilitator.tui.widgets.big_clock import BigClock
from facilitator.tui.widgets.timekeeper import timebox_bar

REFRESH_INTERVAL = 0.5
"""Seconds between two reads of the clock and of the journal."""
AUTO_HEIGHT_PARTS = ("#message", "#delay-options")
"""The parts that have as many lines as their text; the others have one."""
SEARCH_EVERY = 4
"""How many refreshes there are for each search for a meeting, or for the program of one."""
HEARTBEAT_TIME = timedelta(seconds=20)
"""A longer time than there is between two events of a program that runs."""


class JournalFollower(Protocol):
    """Reads the journal of a meeting while another process writes it."""

    def poll(self) -> Iterable[MeetingEvent]:
        """Return the events since the last poll.

        Raises JournalError or StorageError if it cannot go on; then a new follower is needed.
        """

    def has_writer(self) -> bool | None:
        """Return whether a program has the journal open; None where that cannot be told."""


FindMeeting = Callable[[], JournalFollower | None]
"""Returns a follower of the running meeting, or None without one."""


class ClockScreen(LocalizedScreen[None]):
    """Shows the running item, its clock, and when the meeting will end."""

    def __init__(self, find: FindMeeting, clock: Clock) -> None:
        """Show the meeting that `find` returns, by the time of `clock`."""
        super().__init__()
        self._find = find
        self._clock = clock
        self._follower: JournalFollower | None = None
        self._history = EventHistory()
        self._is_running = False
        self._refresh_count = 0
        self._had_writer = self._is_writer_gone = False

    def compose(self) -> ComposeResult:
        """Yield the digits, and a line for each text."""
        yield Static(id="message")
        yield Static(id="heading")
        yield Static(id="title")
        yield BigClock()
        yield Static(id="bar")
        yield Static(id="next")
        yield Static(id="ends")
        yield Static(id="delay-options")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Refresh the view now and at each interval."""
        self.show_message(_("No meeting is running. The clock appears here when one starts."))
        self.refresh_view()
        self.set_interval(REFRESH_INTERVAL, self.refresh_view)

    def on_resize(self) -> None:
        """Fit the bar to the new width."""
        self.call_after_refresh(self.refresh_view)

    def refresh_view(self) -> None:
        """Read new events, and show the clock as it is now."""
        self._refresh_count += 1
        try:
            self._read_events()
        except (JournalError, StorageError) as error:
            self._follower, self._is_running = None, False
            self.show_message(error.message.translate(_))
        if self._is_running:
            # Everybody can see this terminal, so it shows nothing sensitive.
            self._show_meeting(redact(self._history.meeting, _(REDACTED_TEXT)))

    def _read_events(self) -> None:
        if self._follower is None:
            found = self._find() if self._is_time_to_search else None
            if found is None:
                return
            self._follower, self._history = found, EventHistory()
        for event in self._follower.poll():
            self._history.add(event)
            self._is_running = True

    @property
    def _is_time_to_search(self) -> bool:
        return self._refresh_count % SEARCH_EVERY == 1

    def _look_for_writer(self, silence: timedelta) -> None:
        """Find out by the lock of the journal whether the recorder's program runs.

        A lock that was never seen is not trusted at once: over a network it may be out of sight.
        """
        if self._follower is None or not self._is_time_to_search:
            return
        has_writer = self._follower.has_writer()
        self._had_writer = self._had_writer or bool(has_writer)
        is_missed = self._had_writer or silence > HEARTBEAT_TIME
        self._is_writer_gone = has_writer is False and is_missed

    def _show_meeting(self, meeting: Meeting) -> None:
        now = max(self._clock.now(), meeting.seen_at)
        if meeting.closed_at is not None:
            face = self._face(meeting, now)
            self._follower, self._is_running, self._refresh_count = None, False, 0
            self.show_message(
                _("The meeting ended at {time} ({pace}).").format(time=face.ends, pace=face.pace)
            )
            return
        silence = now - meeting.seen_at
        self._look_for_writer(silence)
        is_handed_over = meeting.is_recorder_changing and silence <= MAX_RECORDER_CHANGE
        is_stopped = self._is_writer_gone or silence > SLEEP_THRESHOLD
        is_stopped = is_stopped and not is_handed_over  # the time until then counts
        if is_stopped:  # look whether another meeting has begun
            self._follower = None
        face = self._face(meeting, meeting.seen_at if is_stopped else now)
        ends = self._stop_text(meeting) if is_stopped else _("ends {time} ({pace})")
        moment = face.now if is_stopped else face.ends
        self._show_face(
            one_line(meeting.agenda.title), face, ends.format(time=moment, pace=face.pace)
        )

    def _stop_text(self, meeting: Meeting) -> str:
        if meeting.suspended_at is not None:
            return _("suspended since {time}")
        if self._is_writer_gone:
            return _("The recorder's program is not running · last seen {time}")
        return _("nothing recorded since {time}")

    def _face(self, meeting: Meeting, now: datetime) -> ClockFace:
        agenda = meeting.agenda
        return clock_face(
            read_clock(meeting, now), now, current_language(), agenda.starts.tzinfo, agenda.currency
        )

    def _show_face(self, heading: str, face: ClockFace, ends: str) -> None:
        self.remove_class("-idle")
        self.set_class(face.is_over, "-over")
        self.set_class(face.level >= 80, "-soon")
        self.query_one(BigClock).digits = face.digits
        title = face.title or _("No item running")
        self._set_text("#heading", f"{heading} · {face.now}")
        paused = _("paused")
        self._set_text("#title", f"‖ {paused} · {title}" if face.is_paused else title)
        width = max(self.query_one("#bar").content_size.width - len(face.share) - 1, 4)
        self._set_text("#bar", f"{timebox_bar(face.used, width)} {face.share}")
        self._set_text(
            "#next", _("next: {title}").format(title=face.next_title or _("end of the meeting"))
        )
        self._set_text("#ends", ends)
        self.set_class(bool(face.delay_options), "-late")
        self._set_text("#delay-options", face.delay_options)

    def show_message(self, sentence: str) -> None:
        """Show a sentence instead of the clock."""
        self.add_class("-idle")
        self._set_text("#message", sentence)

    def _set_text(self, selector: str, text: str) -> None:
        part = self.query_one(selector, Static)
        if str(part.content) != text:
            part.update(Content(text), layout=selector in AUTO_HEIGHT_PARTS)


class ClockApp(TerminalApp):
    """Shows the clock of the meeting that another terminal runs."""

    TITLE = "Facilitator"
    CSS_PATH = "clock_app.tcss"  # Textual loads none for a default screen
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]

    BINDINGS = [
        Binding("q,ctrl+q", "quit", N_("Leave"), id="clock.quit", priority=True),
        Binding("ctrl+t", "toggle_theme", N_("Light or dark"), id="clock.light"),
    ]

    def __init__(self, find: FindMeeting, clock: Clock) -> None:
        """Show the meeting that `find` returns, by the time of `clock`."""
        super().__init__()
        self._find = find
        self._clock = clock

    def get_default_screen(self) -> Screen[None]:
        """Return the clock screen, the only one."""
        return ClockScreen(self._find, self._clock)
