"""The minutes: a widget that shows them, a preview, and a writer in a worker."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer
from textual.worker import get_current_worker

from facilitator.domain.errors import N_
from facilitator.domain.redaction import contains_sensitive
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.language import _
from facilitator.session.session import MeetingSession
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import DIALOGS_CSS, Dialog
from facilitator.tui.markdown_blocks import Block, cut_markdown
from facilitator.tui.widgets.markdown_view import MarkdownView

FRONT_MATTER_FENCE = "---\n"


def without_front_matter(text: str) -> str:
    """Return Markdown without its front matter."""
    if not text.startswith(FRONT_MATTER_FENCE):
        return text
    return (
        text[len(FRONT_MATTER_FENCE) :].partition(f"\n{FRONT_MATTER_FENCE}")[2].lstrip("\n") or text
    )


def redacted_minutes(session: MeetingSession) -> str:
    """Return the minutes for sending; a note says where to find what they leave out."""
    text = without_front_matter(session.minutes_text())
    if not contains_sensitive(session.meeting):
        return text
    note = _(
        "This copy can be sent. What is sensitive is in `minutes-recorder.md`, in the same folder."
    )
    return f"> {note}\n\n{text}"


class MinutesText(MarkdownView):
    """Shows Markdown that is made in a worker, and draws anew only what changed of it."""

    DEFAULT_CSS = """
    MinutesText {
        height: 1fr;
        padding: 0 1;
    }
    """

    REFRESH_DELAY = 0.5
    """Seconds without a change before the text is rendered again."""

    @dataclass
    class Rendered(Message):
        """The text was rendered."""

        text: str
        blocks: tuple[Block, ...] | None
        """What it consists of; None where it is the text that was shown before."""

    def __init__(
        self, render: Callable[[], str], version: Callable[[], object] | None = None
    ) -> None:
        """Show what `render` returns; it is called in a worker.

        `version` returns the object that the text is made of: while it is the same one,
        `refresh_if_changed` renders nothing.
        """
        super().__init__()
        self._make_text = render
        self._version = version or object
        self._rendered_version: object = None
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Show that the text is being made: an empty page would look like empty minutes."""
        self.loading = True

    def refresh_now(self) -> None:
        """Render the text again."""
        self._rendered_version = self._version()
        self._render_text(self.source)

    def refresh_if_changed(self) -> None:
        """Render the text again, unless it is made of the same as before."""
        if self._version() is not self._rendered_version:
            self.refresh_now()

    def refresh_soon(self) -> None:
        """Render the text again after `REFRESH_DELAY` without another call."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.REFRESH_DELAY, self.refresh_now)

    @work(thread=True, exclusive=True, group="minutes-text")
    def _render_text(self, shown: str) -> None:
        text = remove_unsafe_characters(without_front_matter(self._make_text()))
        blocks = None if text == shown else cut_markdown(text)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Rendered(text, blocks))

    @on(Rendered)
    def show_text(self, rendered: Rendered) -> None:
        """Show the text if it changed, without scrolling."""
        if rendered.text != self.source:
            self.show_markdown(rendered.text, rendered.blocks)
        self.loading = False


class MinutesPreview(Dialog[None]):
    """Shows the minutes in a window, rendered again while nobody scrolls."""

    CSS_PATH = [DIALOGS_CSS, "minutes_preview.tcss"]

    REFRESH_INTERVAL = 3.0
    """Seconds without scrolling before the text is rendered again."""

    BINDINGS = [
        Binding("r", "refresh_text", N_("Refresh"), id="minutes.refresh"),
    ]

    def __init__(
        self, render: Callable[[], str], version: Callable[[], object] | None = None
    ) -> None:
        """Show what `render` returns; `version` is what it is made of, as for `MinutesText`."""
        super().__init__()
        self._make_text = render
        self._version = version

    def compose(self) -> ComposeResult:
        """Yield the text and the footer."""
        with Vertical(classes="window") as window:
            window.border_title = _("Minutes so far")
            yield MinutesText(self._make_text, self._version)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Render at once, then at each interval without scrolling."""
        self.action_refresh_text()
        text = self.query_one(MinutesText)
        idle = self.set_interval(self.REFRESH_INTERVAL, text.refresh_if_changed)
        self.watch(text, "scroll_y", idle.reset, init=False)

    @on(MinutesText.Rendered)
    def focus_text(self) -> None:
        """Give the text the focus, which it cannot have while it loads."""
        if self.focused is None:
            self.query_one(MinutesText).focus(scroll_visible=False)

    def action_refresh_text(self) -> None:
        """Render the text again."""
        self.query_one(MinutesText).refresh_now()


WRITE_DELAY = 0.3
"""Seconds between a change of the meeting and the minutes on disk."""


class MinutesWriter:
    """Writes the minutes of a meeting after each change, whatever screen is shown.

    It works in a worker of the meeting's screen, on one version at a time.
    """

    def __init__(self, screen: Screen[bool], session: MeetingSession) -> None:
        self._screen = screen
        self._session = session
        self._timer: Timer | None = None
        self._is_outdated = False

    def start(self) -> None:
        """Write the minutes as they stand, and after each change from now on."""
        self._session.on_change = self.schedule
        self.schedule()

    def schedule(self) -> None:
        """Write the minutes after `WRITE_DELAY`, with all changes until then.

        Those of a closed meeting are written by what closes it.
        """
        self._is_outdated = not self._session.meeting.is_closed
        if self._timer is None and self._is_outdated:
            self._timer = self._screen.set_timer(WRITE_DELAY, self._start_worker)

    def _start_worker(self) -> None:
        self._is_outdated = False
        self._screen.run_worker(self._write, thread=True)

    def _write(self) -> None:
        # The timer stays set until this has ended, so that there are never two writers.
        with ErrorHandler(self._screen):
            self._session.write_minutes()
        self._screen.app.call_from_thread(self._write_finished)

    def _write_finished(self) -> None:
        self._timer = None
        if self._is_outdated:
            self.schedule()
