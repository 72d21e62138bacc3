"""The status line: refreshes the clock each second and notifies when time runs out."""

from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.message import Message
from textual.notifications import SeverityLevel

from facilitator.domain.errors import N_
from facilitator.domain.incident import most_urgent_incident
from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import ClockReading, read_clock
from facilitator.render.clock_face import ClockFace, clock_face, delay_options_line
from facilitator.render.incidents import incident_countdown
from facilitator.render.language import _, current_language
from facilitator.render.risk import out_of_control_text
from facilitator.tui.controller import MeetingController
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.status_line import ClockStrip, DelayOptionsLine, StatusLine

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
        reading = read_clock(controller.meeting, controller.session.now)
        self._notified_levels = {reading.item.id: reading.level} if reading.item else {}
        self._has_notified_delay = reading.delay_options is not None
        self._refresh_count = 0

    def compose(self) -> ComposeResult:
        """Two lines, and one more while late; a large terminal has no use for the second."""
        yield StatusLine()
        yield ClockStrip()
        yield DelayOptionsLine()

    def on_mount(self) -> None:
        """Refresh the clock each second."""
        self.set_interval(1, self.refresh_view)

    def show(self, meeting: Meeting) -> None:
        """Show the name of the meeting, and its clock."""
        self.query_one(StatusLine).heading = self._heading(meeting)
        self._show(meeting, self.controller.session.now)

    def _heading(self, meeting: Meeting) -> str:
        """Return the meeting's name, and what is out of control."""
        heading = f"{meeting.agenda.title} · {current_language().day(meeting.date)}"
        if self.controller.session.meeting_id is None:
            heading = _("{heading} · rehearsal").format(heading=heading)
        elif meeting.is_reopened:
            heading = _("{heading} · reopened").format(heading=heading)
        alarming = out_of_control_text(meeting.risks, current_language())
        return f"{heading} · {alarming}" if alarming else heading

    def refresh_view(self) -> None:
        """Once a second: repaint the clock, and nothing else."""
        meeting = self.controller.meeting
        if meeting.is_closed:
            return
        self._refresh_count += 1
        if self._refresh_count % HEARTBEAT_INTERVAL == 0:
            with self.controller.errors():
                self.controller.session.tick()
        reading = self._show(self.controller.meeting, self.controller.session.now)
        self._notify_timebox(reading)
        self._notify_delay(reading)

    def _show(self, meeting: Meeting, now: datetime) -> ClockReading:
        reading = read_clock(meeting, now)
        agenda = meeting.agenda
        face = clock_face(reading, now, current_language(), agenda.starts.tzinfo, agenda.currency)
        places = [progress.item.id for progress in meeting.items]
        strip = self.query_one(ClockStrip)
        if meeting.current in places:
            strip.place = f"{places.index(meeting.current) + 1}/{len(places)}"
        strip.face = face
        status = self.query_one(StatusLine)
        status.face = face
        self.query_one(DelayOptionsLine).text = face.delay_options
        urgent = most_urgent_incident(meeting.incidents)
        status.alarm = incident_countdown(urgent, now, current_language()) if urgent else ""
        status.is_alarm_late = urgent is not None and now > urgent.deadline
        self.post_message(self.Ticked(face, now))
        return reading

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
