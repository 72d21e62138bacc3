"""Dialogs with one question: yes or no, or a line of text."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, Static

from facilitator.domain.approval import Bypass
from facilitator.domain.errors import N_, RuleError
from facilitator.render.decision import bypass_line
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.field_parsers import text_field
from facilitator.tui.dialogs.form import Form, FormHandler, Values
from facilitator.tui.i18n import Dialog


class Confirm(Dialog[bool]):
    """Asks before something is done. Dismisses with True, or with None for Escape."""

    BINDINGS = [Binding("enter", "confirm", N_("Continue"), id="confirm.yes", priority=True)]

    def __init__(self, title: str, question: str) -> None:
        """Ask `question` under `title`."""
        super().__init__()
        self._title = title
        self._question = question

    def compose(self) -> ComposeResult:
        """The question over the keys."""
        with Vertical(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield Static(Content(self._question))
            yield Footer(show_command_palette=False, compact=True)

    def action_confirm(self) -> None:
        """Yes."""
        self.dismiss(result=True)


class TextEntry(Form[str]):
    """Asks for a line of text: a reason, a cause, a topic."""

    def __init__(
        self,
        title: str,
        *,
        question: str = "",
        text: str = "",
        is_required: bool = True,
        if_empty: str = "",
        handler: FormHandler[str],
    ) -> None:
        """Ask `question` under `title`; the line begins with `text`.

        `if_empty` is said once before an empty line is taken.
        """
        self._text = text_field("text", value=text)
        asked = Label(question, markup=False, classes="question")
        self._warning = Static("", id="hint")
        self._warning.display = False
        super().__init__(
            title, *((asked,) if question else ()), self._text, self._warning, handler=handler
        )
        self._is_required = is_required
        self._if_empty = if_empty

    def build(self, values: Values) -> str:
        """Return the text; raises RuleError where it is required and empty."""
        text = values[self._text].strip()
        if self._is_required and not text:
            raise RuleError(N_("Write something first. Press Escape to go back."))
        return text

    def save(self) -> None:
        """Submit the text; an empty one may need a second Enter."""
        if self._if_empty and not self.line_of(self._text).value.strip():
            self._warning.update(Content(f"! {self._if_empty}"))
            self._warning.display = True
            self._if_empty = ""
            return
        super().save()


def bypass_dialog(subject: str, bypass: Bypass, *, handler: FormHandler[str]) -> TextEntry:
    """Return a form that asks what becomes of a bypass of the supervisor.

    It submits the reason to let it stand, or an empty text to hand the matter to the supervisor.
    `subject` is the id of the decision or of the action item.
    """
    return TextEntry(
        f"{subject} · {bypass_line(bypass, current_language())}",
        question=_(
            "Press Enter to hand it to {name}, who assigns the tasks. To leave it as it is, write "
            "why."
        ).format(name=bypass.supervisor.name),
        is_required=False,
        handler=handler,
    )
