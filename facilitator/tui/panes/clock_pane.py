"""The status line: refreshes the clock each second and notifies when time runs out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from facilitator.domain.errors import N_
from facilitator.domain.incident import most_urgent_incident
from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import ClockReading, notice_level, read_clock, time_spent
from facilitator.render.clock_face import ClockFace, clock_face, delay_options_line
from facilitator.render.incidents import incident_countdown
from facilitator.render.language import _, current_language
from facilitator.render.risk import out_of_control_text
from facilitator.tui.controller import MeetingController
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.status_line import (
    ClockStrip,
    DelayOptionsLine,
    StatusLine,
    TopClock,
)

HEARTBEAT_INTERVAL = 15
"""Seconds between two events in the journal that say that the program still runs."""
TIMEBOX_NOTICES = {
    80: N_("“{title}”: {left} left"),
    100: N_("“{title}”: time is up"),
    120: N_("“{title}” is well over its time. Move on, or add time."),
}


class ClockPane(Pane):
    """The line above everything, and the strip that small terminals have for a timekeeper."""

    @dataclass
    class Ticked(Message):
        """A second has passed."""

        face: ClockFace
        now: datetime

    def __init__(self, controller: MeetingController, *, id: str) -> None:  # noqa: A002
        """Show the clock of the meeting; what is over its time by now is not notified again."""
        super().__init__(controller, id=id)
        meeting, now = controller.meeting, controller.session.now
        reading = read_clock(meeting, now)
        self._notified_levels = {
            each.item.id: notice_level(time_spent(meeting, each, now), each.timebox)
            for each in meeting.items
        }
        self._has_notified_delay = reading.delay_options is not None
        self._refresh_count = 0
        self._shown_minute = ""

    def compose(self) -> ComposeResult:
        """Two lines, and one more while late; a large terminal has no use for the first."""
        yield ClockStrip()
        yield StatusLine()
        yield DelayOptionsLine()

    def on_mount(self) -> None:
        """Refresh the clock each second, on whatever screen is shown."""
        self.set_interval(1, self.refresh_view)
        self.app.screen_change_signal.subscribe(self, self.screen_changed)

    def screen_changed(self, screen: Screen[Any]) -> None:
        """Show the clock at the top of what was opened over the meeting's screen, or here again."""
        if self.screen not in self.app.screen_stack or self.controller.meeting.current is None:
            return
        if screen is not self.screen and screen.is_attached and not screen.query(TopClock):
            screen.mount(TopClock())
        self._shown_minute = ""
        self._show(self.controller.meeting, self.controller.session.now)

    def show(self, meeting: Meeting) -> None:
        """Show the name of the meeting, and its clock."""
        self.query_one(StatusLine).heading = self._heading(meeting)
        self._show(meeting, self.controller.session.now)

    def _heading(self, meeting: Meeting) -> str:
        """Return what is out of control and unfinished, then the meeting's name."""
        heading = f"{meeting.agenda.title} · {current_language().day(meeting.date)}"
        if self.controller.session.meeting_id is None:
            heading = _("{heading} · rehearsal").format(heading=heading)
        elif meeting.is_reopened:
            heading = _("{heading} · reopened").format(heading=heading)
        language, left = current_language(), len(meeting.left_drafts)
        drafts = language.ngettext("{count} unfinished text", "{count} unfinished texts", left)
        marks = (
            out_of_control_text(meeting.risks, language),
            drafts.format(count=left) if left else "",
        )
        return " · ".join(filter(None, (*marks, heading)))  # a narrow line cuts the end

    def refresh_view(self) -> None:
        """Once a second: repaint the clock, and nothing else."""
        meeting = self.controller.meeting
        if meeting.is_closed:
            return
        self._refresh_count += 1
        if self._refresh_count % HEARTBEAT_INTERVAL == 0:
            with self.controller.errors():
                self._tick(meeting)
        reading = self._show(self.controller.meeting, self.controller.session.now)
        self._notify_timebox(reading)
        self._notify_delay(reading)

    def _tick(self, before: Meeting) -> None:
        """Record that the program is running; say so where somebody set the computer's clock."""
        changes = self.controller.session.tick().clock_changes
        if changes != before.clock_changes:
            text = _("The computer's clock was set by {by} · the meeting's clock goes on as before")
            by = current_language().difference(changes[-1][1])
            self.controller.announce(text.format(by=by))

    def _show(self, meeting: Meeting, now: datetime) -> ClockReading:
        """Show the clock where it can be seen.

        What a dialog covers is painted once a minute only, without the digits: the framework paints
        the whole screen for it, which would disturb an input method.
        """
        reading = read_clock(meeting, now)
        agenda = meeting.agenda
        face = clock_face(reading, now, current_language(), agenda.starts.tzinfo, agenda.currency)
        is_covered = self.app.screen is not self.screen
        if is_covered:
            self._show_above(face, now)
        if not is_covered or self._shown_minute != face.now:
            self._shown_minute = face.now
            self._show_here(replace(face, digits="") if is_covered else face, now)
        return reading

    def _show_above(self, face: ClockFace, now: datetime) -> None:
        for clock in self.app.screen.query(TopClock):
            clock.place = self._place()
            clock.alarm, clock.is_alarm_late = self._alarm(now)
            clock.face = face

    def _show_here(self, face: ClockFace, now: datetime) -> None:
        strip, status = self.query_one(ClockStrip), self.query_one(StatusLine)
        strip.place = self._place()
        strip.face = status.face = face
        status.alarm, status.is_alarm_late = self._alarm(now)
        self.query_one(DelayOptionsLine).text = face.delay_options
        self.post_message(self.Ticked(face, now))

    def _place(self) -> str:
        meeting = self.controller.meeting
        places = [progress.item.id for progress in meeting.items]
        return f"{places.index(meeting.current) + 1}/{len(places)}" if meeting.current else ""

    def _alarm(self, now: datetime) -> tuple[str, bool]:
        """Return the countdown of the most urgent incident, and whether its time is over."""
        urgent = most_urgent_incident(self.controller.meeting.incidents)
        if urgent is None:
            return "", False
        return incident_countdown(urgent, now, current_language()), now > urgent.deadline

    def _notify_timebox(self, reading: ClockReading) -> None:
        """Notify once for each level of an item; never of a lower one after a higher one."""
        if reading.item is None or reading.is_paused:
            return
        if reading.level > self._notified_levels.get(reading.item.id, 0):
            self._notified_levels[reading.item.id] = reading.level
            left = current_language().countdown(reading.remaining)
            text = _(TIMEBOX_NOTICES[reading.level]).format(title=reading.item.title, left=left)
            severity: SeverityLevel = "information" if reading.level < 100 else "warning"
            self.notify(text, severity=severity, markup=False)

    def _notify_delay(self, reading: ClockReading) -> None:
        """Notify once that time alone does not make up for the delay, and what can be chosen."""
        if reading.delay_options is None or self._has_notified_delay:
            return
        self._has_notified_delay = True
        currency = self.controller.meeting.agenda.currency
        line = delay_options_line(reading.delay_options, current_language(), currency)
        late = current_language().minutes(reading.pace)
        text = _("The meeting will end {span} late.").format(span=late)
        self.notify(
            current_language().join_sentences((text, line)), severity="warning", markup=False
        )
