"""A list of entries that can be marked as sensitive and keeps its cursor."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList

from facilitator.domain.errors import N_
from facilitator.domain.redaction import SENSITIVE_MARK
from facilitator.render.language import _


def cursor_after(before: Sequence[str], after: Sequence[str], place: int | None) -> int | None:
    """On what is new, or else where it was; None for an empty list.

    `before` and `after` are the ids of the lines, `place` is where the cursor stood.
    """
    if not after:
        return None
    added = [index for index, line in enumerate(after) if line not in before]
    if before and added:
        return added[-1]
    if place is not None and place < len(before) and before[place] in after:
        return after.index(before[place])
    return min(place or 0, len(after) - 1)


class EntryList(OptionList):
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
    class MarkRequested(Message):
        """An entry is to be sensitive, or no longer."""

        entry_id: str

    def action_mark(self) -> None:
        """Ask for the mark of the one under the cursor."""
        option = self.highlighted_option
        if option is not None and option.id is not None:
            self.post_message(self.MarkRequested(option.id))


def sensitive_prefix(*, is_sensitive: bool) -> str:
    """What stands before the words of an entry."""
    return f"{_(SENSITIVE_MARK)} " if is_sensitive else ""
