"""A summary of an agenda in the lobby: facts, readiness and buttons."""

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Button, Static

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.widgets.readiness_list import ReadinessLine, ReadinessList

BUTTONS = (("begin", N_("Begin")), ("rehearse", N_("Rehearse")), ("resume", N_("Resume")))


class AgendaSummary(Struct, frozen=True, kw_only=True):
    """All that the card shows, in the reader's language."""

    title: str = ""
    file: str = ""
    facts: str
    """When, how long, how many people; or why there is nothing to say of it."""
    notice: str = ""
    """What became of the last meeting."""
    lines: tuple[ReadinessLine, ...] = ()
    progress: str = ""
    """How far the reports are read; empty once they are."""
    may_begin: bool = False
    resume: str = ""
    """The label of the button that resumes a meeting; empty where there is none."""


class AgendaCard(Vertical):
    """Shows one card; its buttons are the screen's actions of the same name."""

    card: reactive[AgendaSummary | None] = reactive[AgendaSummary | None](None, init=False)

    def compose(self) -> ComposeResult:
        """The facts, the list, the buttons."""
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
        """Show it, each part only where it changed."""
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
        """Put the focus on the first of these buttons that can be pressed."""
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
