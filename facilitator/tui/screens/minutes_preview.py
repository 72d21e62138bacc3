"""The minutes as they will be read, while the meeting still goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Markdown
from textual.worker import get_current_worker

from facilitator.domain.errors import N_
from facilitator.domain.redaction import contains_sensitive
from facilitator.render.language import _
from facilitator.session.session import MeetingSession
from facilitator.tui.spoken import DIALOGS_CSS, Dialog

FENCE = "---\n"


def without_front_matter(text: str) -> str:
    """The minutes without the lines at their top that are meant for programs."""
    if not text.startswith(FENCE):
        return text
    return text[len(FENCE) :].partition(f"\n{FENCE}")[2].lstrip("\n") or text


def as_sent(session: MeetingSession) -> str:
    """The minutes as they can be sent, and where to find what they leave out."""
    text = without_front_matter(session.minutes_text())
    if not contains_sensitive(session.meeting):
        return text
    told = _("As it can be sent. What is sensitive stands in `minutes-recorder.md`, beside it.")
    return f"> {told}\n\n{text}"


class MinutesText(VerticalScroll):
    """Shows rendered minutes; they are made in a thread, and drawn anew where they changed."""

    DEFAULT_CSS = """
    MinutesText {
        height: 1fr;
        Markdown { padding: 0 1; }
        MarkdownH1 { margin: 0 0 1 0; }
        MarkdownH2 { margin: 1 0; }
    }
    """

    SETTLED_AFTER = 0.5
    """Seconds without a change before the text is made anew."""

    @dataclass
    class Rendered(Message):
        """The text was made."""

        text: str

    def __init__(self, render: Callable[[], str]) -> None:
        """Show what `render` makes; it is called in a thread."""
        super().__init__()
        self._make = render
        self._shown = ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """One document; a link in somebody's note opens nothing."""
        self.loading = True  # an empty page would look as if nothing had been written down
        yield Markdown(open_links=False)

    def refresh_now(self) -> None:
        """Make the text anew."""
        self._render_text()

    def refresh_soon(self) -> None:
        """Make the text anew once nothing has changed for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.SETTLED_AFTER, self.refresh_now)

    @work(thread=True, exclusive=True, group="minutes-text")
    def _render_text(self) -> None:
        text = without_front_matter(self._make())
        if not get_current_worker().is_cancelled:
            self.post_message(self.Rendered(text))

    @on(Rendered)
    async def show_text(self, rendered: Rendered) -> None:
        """Draw the text where it changed; the reader stays where they were."""
        rendered.stop()
        if rendered.text != self._shown:
            self._shown = rendered.text
            await self.query_one(Markdown).update(rendered.text)
        self.loading = False
        if self.screen.focused is None:  # nothing that loads takes the cursor, so its keys are dead
            self.focus(scroll_visible=False)


class MinutesPreview(Dialog[None]):
    """The minutes in a window; they follow the meeting while nobody scrolls."""

    CSS_PATH = [DIALOGS_CSS, "minutes_preview.tcss"]

    FOLLOW_EVERY = 3.0
    """Seconds without a key or a wheel before the text is made anew."""

    BINDINGS = [
        Binding("r", "refresh_text", N_("Refresh"), id="minutes.refresh"),
    ]

    def __init__(self, render: Callable[[], str]) -> None:
        """Show what `render` makes; it is called in a thread."""
        super().__init__()
        self._make = render

    def compose(self) -> ComposeResult:
        """The text, with the keys below."""
        with Vertical(classes="window") as window:
            window.border_title = _("Minutes as they stand")
            yield MinutesText(self._make)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Render at once, and then whenever nobody reads on."""
        self.action_refresh_text()
        idle = self.set_interval(self.FOLLOW_EVERY, self.action_refresh_text)
        self.watch(self.query_one(MinutesText), "scroll_y", idle.reset, init=False)

    def action_refresh_text(self) -> None:
        """Make the text anew."""
        self.query_one(MinutesText).refresh_now()
