"""Lines about the running meeting: title, time, predicted end, ways to catch up."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from facilitator.render.clock_face import ClockFace
from facilitator.render.language import _
from facilitator.tui.widgets.timekeeper import timebox_bar, update_text

STRIP_BAR = 16
"""The cells of the bar in a clock strip."""


class StatusLine(Horizontal):
    """Shows the title at the left; time, predicted end and cost at the right."""

    face: var[ClockFace | None] = var[ClockFace | None](None)
    heading: var[str] = var("")
    alarm: var[str] = var("")
    """The time left to report an incident; empty without an open one."""
    is_alarm_late: var[bool] = var(default=False)

    def __init__(self) -> None:
        """Make the parts, which are updated every second, once."""
        super().__init__()
        self._heading = Static("", classes="heading")
        self._alarm = Static("", classes="alarm")
        self._clock = Static("", classes="clock")

    def compose(self) -> ComposeResult:
        """Yield the title, the alarm, and the state of the clock."""
        yield from (self._heading, self._alarm, self._clock)

    def on_mount(self) -> None:
        """Show what was set before the parts existed."""
        self.watch_heading(self.heading)
        self.watch_face(self.face)

    def watch_heading(self, heading: str) -> None:
        """Show the title of the meeting."""
        if self.is_mounted:
            self._heading.update(Content(heading))

    def watch_alarm(self, alarm: str) -> None:
        """Show the alarm while there is one."""
        self._alarm.display = bool(alarm)
        update_text(self._alarm, alarm)

    def watch_is_alarm_late(self, is_late: bool) -> None:
        """Show the alarm in red once it is late."""
        self.set_class(is_late, "-alarmed")

    def watch_face(self, face: ClockFace | None) -> None:
        """Show time, predicted end and cost."""
        if not self.is_mounted or face is None:
            return
        mark = "‖" if face.is_paused else "●"
        ends = _("ends {time} ({pace})").format(time=face.ends, pace=face.pace)
        text = f"{mark} {face.now}  {ends}  {face.cost}"
        update_text(self._clock, text)
        self.set_class(face.is_late, "-late")


class DelayOptionsLine(Static):
    """Shows what could be done to end on time; hidden while there is nothing to do."""

    text: var[str] = var("")

    def watch_text(self, text: str) -> None:
        """Show the text, or hide the line without one."""
        self.display = bool(text)
        self.update(Content(text))


class ClockStrip(Horizontal):
    """Shows the running item and its clock in one line, for a small terminal."""

    DEFAULT_CSS = """
    ClockStrip {
        height: 1;
        padding: 0 1;
        .digits { width: auto; min-width: 8; text-style: bold; padding-right: 1; }
        .title { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        .bar { width: auto; padding-left: 1; }
        &.-soon .digits, &.-soon .bar { color: $text-warning; }
        &.-over .digits, &.-over .bar { color: $text-error; text-style: bold reverse; }
    }
    """

    face: var[ClockFace | None] = var[ClockFace | None](None)
    place: var[str] = var("")
    """The place of the item, such as `2/8`."""

    def __init__(self) -> None:
        """Make the parts, which are updated every second, once."""
        super().__init__()
        self._digits = Static("", classes="digits")
        self._title = Static("", classes="title")
        self._bar = Static("", classes="bar")

    def compose(self) -> ComposeResult:
        """Yield the digits, the item and its bar."""
        yield from (self._digits, self._title, self._bar)

    def on_mount(self) -> None:
        """Show the face that was set before the parts existed."""
        self.watch_face(self.face)

    def on_show(self) -> None:
        """Show the latest face after a time hidden."""
        self.watch_face(self.face)

    def watch_face(self, face: ClockFace | None) -> None:
        """Show the face if the strip is visible; update only the parts that changed."""
        if not self.is_mounted or face is None or not self.display:
            return
        self.set_class(face.is_over, "-over")
        self.set_class(face.level >= 80, "-soon")
        running = face.title or _("No item running")
        mark = _("paused") + " " if face.is_paused else ""
        update_text(self._digits, f"{mark}{face.digits}")
        update_text(self._title, f"▶ {self.place} {running} · {self.outlook(face)}")
        update_text(self._bar, self.used(face))

    def used(self, face: ClockFace) -> str:
        """Return how much of the timebox is used, as a bar and in percent."""
        return f"{timebox_bar(face.used, STRIP_BAR)} {face.share}"

    def outlook(self, face: ClockFace) -> str:
        """Return what comes next."""
        return _("next: {title}").format(title=face.next_title or _("end of the meeting"))


class TopClock(ClockStrip):
    """Shows the clock at the top of a dialog, or of another screen over the meeting's.

    It stands for the status line too: with the predicted end, and the alarm of an incident.
    """

    DEFAULT_CSS = """
    TopClock {
        dock: top;
        background: $panel;
        .alarm { width: auto; padding-left: 2; color: $text-warning; }
        &.-alarmed .alarm { color: $text-error; text-style: bold reverse; }
    }
    """

    alarm: var[str] = var("")
    is_alarm_late: var[bool] = var(default=False)

    def __init__(self) -> None:
        """Make one more part."""
        super().__init__()
        self._alarm = Static("", classes="alarm")

    def compose(self) -> ComposeResult:
        """Yield the alarm before the bar."""
        yield from (self._digits, self._title, self._alarm, self._bar)

    def watch_alarm(self, alarm: str) -> None:
        """Show the alarm while there is one."""
        self._alarm.display = bool(alarm)
        update_text(self._alarm, alarm)

    def watch_is_alarm_late(self, is_late: bool) -> None:
        """Show the alarm in red once it is late."""
        self.set_class(is_late, "-alarmed")

    def used(self, face: ClockFace) -> str:
        """Return how much of the timebox is used, in percent: there is no room for a bar."""
        return face.share

    def outlook(self, face: ClockFace) -> str:
        """Return when the meeting will end."""
        return _("ends {time} ({pace})").format(time=face.ends, pace=face.pace)
