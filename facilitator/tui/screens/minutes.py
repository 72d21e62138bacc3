"""The minutes as text: shown on a screen, previewed in a window, written in a thread."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Markdown
from textual.worker import get_current_worker

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import contains_sensitive
from facilitator.render.language import _
from facilitator.session.session import MeetingSession
from facilitator.tui.i18n import DIALOGS_CSS, Dialog, notify_error

FRONT_MATTER_FENCE = "---\n"


def without_front_matter(text: str) -> str:
    """The minutes without the lines at their top that are meant for programs."""
    if not text.startswith(FRONT_MATTER_FENCE):
        return text
    return (
        text[len(FRONT_MATTER_FENCE) :].partition(f"\n{FRONT_MATTER_FENCE}")[2].lstrip("\n") or text
    )


def redacted_minutes(session: MeetingSession) -> str:
    """The minutes as they can be sent, and where to find what they leave out."""
    text = without_front_matter(session.minutes_text())
    if not contains_sensitive(session.meeting):
        return text
    note = _("As it can be sent. What is sensitive stands in `minutes-recorder.md`, beside it.")
    return f"> {note}\n\n{text}"


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

    REFRESH_DELAY = 0.5
    """Seconds without a change before the text is made anew."""

    @dataclass
    class Rendered(Message):
        """The text was made."""

        text: str

    def __init__(self, render: Callable[[], str]) -> None:
        """Show what `render` makes; it is called in a thread."""
        super().__init__()
        self._make_text = render
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
        self._timer = self.set_timer(self.REFRESH_DELAY, self.refresh_now)

    @work(thread=True, exclusive=True, group="minutes-text")
    def _render_text(self) -> None:
        text = without_front_matter(self._make_text())
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

    REFRESH_INTERVAL = 3.0
    """Seconds without a key or a wheel before the text is made anew."""

    BINDINGS = [
        Binding("r", "refresh_text", N_("Refresh"), id="minutes.refresh"),
    ]

    def __init__(self, render: Callable[[], str]) -> None:
        """Show what `render` makes; it is called in a thread."""
        super().__init__()
        self._make_text = render

    def compose(self) -> ComposeResult:
        """The text, with the keys below."""
        with Vertical(classes="window") as window:
            window.border_title = _("Minutes as they stand")
            yield MinutesText(self._make_text)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Render at once, and then whenever nobody reads on."""
        self.action_refresh_text()
        idle = self.set_interval(self.REFRESH_INTERVAL, self.action_refresh_text)
        self.watch(self.query_one(MinutesText), "scroll_y", idle.reset, init=False)

    def action_refresh_text(self) -> None:
        """Make the text anew."""
        self.query_one(MinutesText).refresh_now()


WRITE_DELAY = 0.5
"""Seconds between a step and the minutes on disk."""


class MinutesWriter:
    """Writes the minutes of a meeting in a thread of its screen, one after the other."""

    def __init__(self, screen: Screen[bool], session: MeetingSession) -> None:
        self._screen = screen
        self._session = session
        self._timer: Timer | None = None

    def schedule(self) -> None:
        """Write them half a second from now, with all that is taken down until then."""
        if self._timer is None:
            self._timer = self._screen.set_timer(WRITE_DELAY, self._start_worker)

    def _start_worker(self) -> None:
        self._screen.run_worker(self._write, thread=True)

    def _write(self) -> None:
        # the timer stays set until this has ended: two writers would race for the last word
        meeting, app = self._session.meeting, self._screen.app
        try:
            self._session.write_minutes()
        except FacilitatorError as error:
            app.call_from_thread(notify_error, self._screen, error)
        app.call_from_thread(self._write_finished, meeting)

    def _write_finished(self, meeting: Meeting) -> None:
        self._timer = None
        if meeting is not self._session.meeting:
            self.schedule()
