"""The timekeeper: the clock of the running item, and the next item."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Digits, Static

from facilitator.render.clock_face import ClockFace
from facilitator.render.language import _

FULL, EMPTY = "█", "░"


def timebox_bar(share: float, width: int) -> str:
    """Return a bar of `width` cells that is full when `share` is 1 or more."""
    filled = min(round(share * width), width)
    return FULL * filled + EMPTY * (width - filled)


def update_text(part: Static, text: str) -> None:
    """Update a part only if its text changed, and its layout only if the width did."""
    before = str(part.content)
    if before != text:
        part.update(Content(text), layout=cell_len(before) != cell_len(text))


class Timekeeper(Vertical):
    """Shows a clock face on several lines."""

    face: var[ClockFace | None] = var[ClockFace | None](None)

    def __init__(self) -> None:
        """Make the parts, which are updated every second, once."""
        super().__init__()
        self._digits = Digits("", classes="digits")
        self._bar = Static("", classes="bar")
        self._title = Static("", classes="title")
        self._next = Static("", classes="next")

    def compose(self) -> ComposeResult:
        """Yield the digits, the bar, the item and the next item."""
        yield from (self._digits, self._bar, self._title, self._next)

    def watch_face(self, face: ClockFace | None) -> None:
        """Show the face; update only the parts that changed."""
        if not self.is_mounted or face is None or not self.display:
            return
        self.set_class(face.is_over, "-over")
        self.set_class(face.level >= 80, "-soon")
        self.set_class(face.is_paused, "-paused")
        if self._digits.value != face.digits:
            self._digits.update(face.digits)
        width = max(self.content_region.width - len(face.share) - 1, 4)
        update_text(self._bar, f"{timebox_bar(face.used, width)} {face.share}")
        update_text(self._title, face.title or _("No item running"))
        update_text(
            self._next, _("next: {title}").format(title=face.next_title or _("end of the meeting"))
        )

    def on_mount(self) -> None:
        """Show the face that was set before the parts existed."""
        self.watch_face(self.face)

    def on_show(self) -> None:
        """Show the latest face after a time hidden."""
        self.watch_face(self.face)

    def on_resize(self) -> None:
        """Fit the bar to the new width."""
        self.watch_face(self.face)
