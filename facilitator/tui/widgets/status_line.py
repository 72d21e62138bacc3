"""The status line: the meeting's name, the time and the predicted end."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from facilitator.render.clock_face import ClockFace
from facilitator.render.language import _
from facilitator.tui.widgets.timekeeper import timebox_bar, update_text

STRIP_BAR = 16
"""Cells of the bar in the strip."""


class StatusLine(Horizontal):
    """One line: title at the left, time, predicted end and cost at the right."""

    face: var[ClockFace | None] = var[ClockFace | None](None)
    heading: var[str] = var("")
    alarm: var[str] = var("")
    """The clock of an incident that somebody must be told of; empty where none runs."""
    is_alarm_late: var[bool] = var(default=False)

    def __init__(self) -> None:
        """Make the parts once; they are looked at every second."""
        super().__init__()
        self._heading = Static("", classes="heading")
        self._alarm = Static("", classes="alarm")
        self._standing = Static("", classes="standing")

    def compose(self) -> ComposeResult:
        """Two halves, and between them the clock of an incident."""
        yield from (self._heading, self._alarm, self._standing)

    def on_mount(self) -> None:
        """Show what was set before there was anything to show it on."""
        self.watch_heading(self.heading)
        self.watch_face(self.face)

    def watch_heading(self, heading: str) -> None:
        """Show the meeting's name."""
        if self.is_mounted:
            self._heading.update(Content(heading))

    def watch_alarm(self, alarm: str) -> None:
        """Show it while it runs."""
        self._alarm.display = bool(alarm)
        update_text(self._alarm, alarm)

    def watch_is_alarm_late(self, is_late: bool) -> None:
        """Red once the hour is over."""
        self.set_class(is_late, "-alarmed")

    def watch_face(self, face: ClockFace | None) -> None:
        """Show time, end and cost; the same text is not painted again."""
        if not self.is_mounted or face is None:
            return
        mark = "‖" if face.is_paused else "●"
        ends = _("ends {time} ({pace})").format(time=face.ends, pace=face.pace)
        text = f"{mark} {face.now}  {ends}  {face.cost}"
        update_text(self._standing, text)
        self.set_class(face.is_late, "-late")


class DelayOptionsLine(Static):
    """What the room could do to end on time; it takes no room while there is nothing to say."""

    text: var[str] = var("")

    def watch_text(self, text: str) -> None:
        """Show it; the same text is not painted again."""
        self.display = bool(text)
        self.update(Content(text))


class ClockStrip(Horizontal):
    """The clock of a small terminal: the running item in one line."""

    face: var[ClockFace | None] = var[ClockFace | None](None)
    place: var[str] = var("")
    """`2/8`: which item of how many."""

    def __init__(self) -> None:
        """Make the parts once; they are looked at every second."""
        super().__init__()
        self._digits = Static("", classes="digits")
        self._title = Static("", classes="title")
        self._bar = Static("", classes="bar")

    def compose(self) -> ComposeResult:
        """Digits first, then the item, then its bar."""
        yield from (self._digits, self._title, self._bar)

    def on_mount(self) -> None:
        """Show the face that was set before there was anything to show it on."""
        self.watch_face(self.face)

    def on_show(self) -> None:
        """The terminal has become small: catch up."""
        self.watch_face(self.face)

    def watch_face(self, face: ClockFace | None) -> None:
        """Show it, each part only where it changed, while anybody can see it."""
        if not self.is_mounted or face is None or not self.display:
            return
        self.set_class(face.is_over, "-over")
        self.set_class(face.level >= 80, "-soon")
        following = _("next: {title}").format(title=face.next_title or _("the end"))
        running = face.title or _("No item running")
        title = f"▶ {self.place} {running} · {following}"
        mark = _("paused") + " " if face.is_paused else ""
        update_text(self._digits, f"{mark}{face.digits}")
        update_text(self._title, title)
        update_text(self._bar, f"{timebox_bar(face.used, STRIP_BAR)} {face.share}")
