"""The timekeeper: the running item's clock, large, and what comes next."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Digits, Static

from facilitator.render.face import ClockFace
from facilitator.render.language import _

FULL, EMPTY = "█", "░"


def bar(share: float, width: int) -> str:
    """A bar that is full when the timebox is used up."""
    filled = min(round(share * width), width)
    return FULL * filled + EMPTY * (width - filled)


class Timekeeper(Vertical):
    """Shows one face; knows nothing of clocks or meetings."""

    face: reactive[ClockFace | None] = reactive[ClockFace | None](None)

    def compose(self) -> ComposeResult:
        """Digits, the bar, the item and the next one."""
        yield Digits("", classes="digits")
        yield Static("", classes="bar")
        yield Static("", classes="title")
        yield Static("", classes="next")

    def watch_face(self, face: ClockFace | None) -> None:
        """Show it, each part only where it changed."""
        if not self.is_mounted or face is None:
            return
        self.set_class(face.is_over, "-over")
        self.set_class(face.level >= 80, "-soon")
        self.set_class(face.is_paused, "-paused")
        self.query_one(Digits).update(face.digits)
        width = max(self.content_region.width - len(face.share) - 1, 4)
        self._show(".bar", f"{bar(face.used, width)} {face.share}")
        self._show(".title", face.title or _("No item running"))
        self._show(".next", _("next: {title}").format(title=face.next_title or _("the end")))

    def on_mount(self) -> None:
        """Show the face that was set before there was anything to show it on."""
        self.watch_face(self.face)

    def on_resize(self) -> None:
        """Fit the bar to the new width."""
        self.watch_face(self.face)

    def _show(self, selector: str, text: str) -> None:
        part = self.query_one(selector, Static)
        if str(part.content) != text:
            part.update(Content(text))
