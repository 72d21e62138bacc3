"""A form with one question and one field."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Label

from facilitator.domain.errors import N_, RuleError
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.text_field import TextField


class TextEntry(Form):
    """Asks for a line of text: a reason, a cause, a topic."""

    def __init__(
        self,
        title: str,
        *,
        question: str = "",
        text: str = "",
        is_required: bool = True,
        submit: Callable[[str], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Ask `question` under `title`; hand the answer to `submit`."""
        super().__init__(keep=keep, draft=draft)
        self._title = title
        self._question = question
        self._text = text
        self._is_required = is_required
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A question over a line."""
        with Vertical(classes="window") as window:
            window.border_title = Content(self._title).markup
            if self._question:
                yield Label(self._question, markup=False, classes="question")
            yield TextField(self._text, id="text")
            yield Footer(show_command_palette=False, compact=True)

    def send(self) -> str:
        """Hand the answer over."""
        text = self.query_one(Input).value.strip()
        if self._is_required and not text:
            raise RuleError(N_("Write something first; Escape leads back."))
        self._submit(text)
        return text
