"""A summary of an agenda in the lobby: facts, readiness checks and buttons."""

from typing import ClassVar, Literal

from msgspec import Struct
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Static

from facilitator.domain.errors import N_
from facilitator.render.language import _

ReadinessStatus = Literal["ready", "warning", "missing", "waiting"]

READINESS_MARKS: dict[ReadinessStatus, str] = {
    "ready": "✓",
    "warning": "!",
    "missing": "✗",
    "waiting": "…",
}
"""A mark for each status, so that colour is not the only cue."""

WIDEST_TITLE = 28
"""The most cells that a title takes."""


class ReadinessLine(Struct, frozen=True, kw_only=True):
    """One readiness check, as the card shows it."""

    status: ReadinessStatus
    title: str
    detail: str
    """What was found, or what to do."""


class ReadinessList(Widget):
    """Shows one line for each check; details wrap beside their titles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "readiness--ready",
        "readiness--warning",
        "readiness--missing",
        "readiness--waiting",
    }
    DEFAULT_CSS = """
    ReadinessList {
        height: auto;
        .readiness--ready { color: $text-success; }
        .readiness--warning { color: $text-warning; }
        .readiness--missing { color: $text-error; text-style: bold; }
        .readiness--waiting { color: $text-muted; }
    }
    """

    lines: reactive[tuple[ReadinessLine, ...]] = reactive((), layout=True)

    def render(self) -> Table:
        """Return the lines as a table without borders."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(width=1)
        table.add_column(
            no_wrap=True, overflow="ellipsis", max_width=min(WIDEST_TITLE, self.size.width // 3)
        )
        table.add_column(ratio=1, overflow="fold")
        for line in self.lines:
            style = self.get_component_rich_style(f"readiness--{line.status}", partial=True)
            is_odd = line.status in ("warning", "missing")
            table.add_row(
                Text(READINESS_MARKS[line.status], style=style),
                Text(line.title),
                Text(line.detail, style=style if is_odd else "dim"),
            )
        return table


BUTTONS = (("begin", N_("Begin")), ("rehearse", N_("Rehearse")), ("resume", N_("Resume")))


class AgendaSummary(Struct, frozen=True, kw_only=True):
    """What an agenda card shows, in the language of the screen."""

    title: str = ""
    file: str = ""
    facts: str
    """When, how long and with how many people; or why no agenda is shown."""
    notice: str = ""
    """What became of the meeting before."""
    lines: tuple[ReadinessLine, ...] = ()
    progress: str = ""
    """How far the reports are read; empty at the end."""
    may_begin: bool = False
    resume: str = ""
    """The label of the button that resumes a meeting; empty where there is none."""


class AgendaCard(Vertical):
    """Shows a summary. Its buttons run the actions of the screen that have their names."""

    card: reactive[AgendaSummary | None] = reactive[AgendaSummary | None](None, init=False)

    def compose(self) -> ComposeResult:
        """Yield the facts, the checks and the buttons."""
        yield Static(classes="facts")
        yield Static(classes="file")
        yield Static(classes="notice")
        with VerticalScroll(classes="readiness"):
            yield ReadinessList()
        yield Static(classes="progress")
        with Horizontal(classes="buttons"):
            for name, label in BUTTONS:
                yield Button(Content(_(label)), id=name, action=f"screen.{name}", disabled=True)

    def watch_card(self, card: AgendaSummary | None) -> None:
        """Show the summary; update only the parts that changed."""
        if card is None:
            return
        self.border_title = Content(card.title)
        for name in ("facts", "file", "notice", "progress"):
            self._set_text(name, getattr(card, name))
        self.query_one(ReadinessList).lines = card.lines
        for name in ("#begin", "#rehearse"):
            self.query_one(name, Button).disabled = not card.may_begin
        resume = self.query_one("#resume", Button)
        resume.display, resume.disabled = bool(card.resume), not card.resume
        resume.label = Content(card.resume)

    def focus_first(self, *names: str) -> None:
        """Focus the first of these buttons that is enabled."""
        buttons = [self.query_one(f"#{name}", Button) for name in names]
        for button in buttons:
            if button.focusable:
                button.focus()
                return

    def _set_text(self, name: str, text: str) -> None:
        part = self.query_one(f".{name}", Static)
        part.display = bool(text)
        if str(part.content) != text:
            part.update(Content(text))
