"""The lines above the footer: what waits to be asked for, and what the last step did."""

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from facilitator.domain.events.meeting import Step
from facilitator.domain.meeting import Meeting
from facilitator.render.language import _, current_language
from facilitator.render.steps import step_text


class AnnouncementLine(Static):
    """Says what would otherwise open by itself, and what the last step did.

    It takes no keys and no focus. `waiting` stays as long as it is true; `done` until the next step
    or announcement.
    """

    DEFAULT_CSS = """
    AnnouncementLine {
        height: auto;
        min-height: 1;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    waiting: var[tuple[str, ...]] = var[tuple[str, ...]](())
    done: var[str] = var("")

    def __init__(self) -> None:
        """Begin without a step."""
        super().__init__()
        self.shown_step: Step | None = None
        """The last step that was said, or that is too old to be said."""

    def show_step(self, step: Step | None, meeting: Meeting) -> None:
        """Say what the last step did, once it is another one."""
        if step is self.shown_step:
            return
        self.shown_step = step
        what = step_text(step, meeting, current_language()) if step else ""
        self.done = _("{what} · u undoes").format(what=what) if what else ""

    def watch_waiting(self) -> None:
        """Show what waits now."""
        self._show()

    def watch_done(self) -> None:
        """Show what was done."""
        self._show()

    def _show(self) -> None:
        """Show the first thing that waits, how many more there are, and what was done."""
        lines = []
        if self.waiting:
            more = f" · +{len(self.waiting) - 1}" if len(self.waiting) > 1 else ""
            lines.append(Content(f"! {self.waiting[0]}{more}").stylize("$text-warning"))
        if self.done:
            lines.append(Content(self.done).stylize("$text-muted"))
        self.update(Content("\n").join(lines))
