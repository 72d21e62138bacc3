"""A form with one question and one field."""

from textual.widgets import Label

from facilitator.domain.approval import Bypass
from facilitator.domain.errors import N_, RuleError
from facilitator.render.decision import bypass_line
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.field_parsers import text_field
from facilitator.tui.dialogs.form import Form, FormHandler, Values


class TextEntry(Form[str]):
    """Asks for a line of text: a reason, a cause, a topic."""

    def __init__(
        self,
        title: str,
        *,
        question: str = "",
        text: str = "",
        is_required: bool = True,
        handler: FormHandler[str],
    ) -> None:
        """Ask `question` under `title`; the line begins with `text`."""
        self._text = text_field("text", value=text)
        asked = Label(question, markup=False, classes="question")
        super().__init__(title, *((asked,) if question else ()), self._text, handler=handler)
        self._is_required = is_required

    def build(self, values: Values) -> str:
        """Return the text; raises RuleError where it is required and empty."""
        text = values[self._text].strip()
        if self._is_required and not text:
            raise RuleError(N_("Write something first; Escape leads back."))
        return text


def bypass_dialog(subject: str, bypass: Bypass, *, handler: FormHandler[str]) -> TextEntry:
    """Return a form that asks what becomes of a bypass of the supervisor.

    It submits the reason to let it stand, or an empty text to hand the matter to the supervisor.
    `subject` is the id of the decision or of the action item.
    """
    return TextEntry(
        f"{subject} · {bypass_line(bypass, current_language())}",
        question=_(
            "Enter alone hands it to {name} as a direction to break down."
            " To let it stand as it is, write why."
        ).format(name=bypass.supervisor.name),
        is_required=False,
        handler=handler,
    )
