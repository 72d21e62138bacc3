"""A list whose entries can be marked as sensitive."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList

from facilitator.domain.errors import N_
from facilitator.domain.redaction import SENSITIVE_MARK
from facilitator.render.language import _


class MarkedList(OptionList):
    """Has one more key: it marks the entry under the cursor, or takes the mark off."""

    BINDINGS = [
        Binding(
            "S",
            "mark",
            N_("Sensitive"),
            id="entry.sensitive",
            show=False,
            tooltip=N_("A placeholder stands for it in every copy that is sent"),
        ),
    ]

    @dataclass
    class MarkAsked(Message):
        """An entry is to be sensitive, or no longer."""

        entry_id: str

    def action_mark(self) -> None:
        """Ask for the mark of the one under the cursor."""
        option = self.highlighted_option
        if option is not None and option.id is not None:
            self.post_message(self.MarkAsked(option.id))


def sign(*, is_sensitive: bool) -> str:
    """What stands before the words of an entry."""
    return f"{_(SENSITIVE_MARK)} " if is_sensitive else ""
