"""The read-back: each owner hears what they promised, and says “I take it”."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, SelectionList
from textual.widgets.selection_list import Selection

from facilitator.domain.action import ActionId
from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.spoken import Dialog


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise as it is read aloud, and whether its owner has taken it."""

    action_id: ActionId
    text: str
    """Who does what by when."""
    is_taken: bool


class ReadBack(Dialog[bool]):
    """A box a promise, marked once its owner has said so."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="read-back.save", priority=True),
        Binding("a", "all", N_("All take theirs"), id="read-back.all"),
    ]

    def __init__(
        self,
        promises: tuple[Promised, ...],
        *,
        submit: Callable[[tuple[ActionId, ...]], object],
    ) -> None:
        """Begin with those taken before; hand those taken now to `submit`."""
        super().__init__()
        self._promises = promises
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The promises in the order of their owners."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("Read-back")
            yield Label(_("Space marks what its owner takes: “I take it”."))
            yield SelectionList(
                *(
                    Selection(Content(each.text), each.action_id, each.is_taken)
                    for each in self._promises
                )
            )
            yield Footer(show_command_palette=False, compact=True)

    def action_all(self) -> None:
        """Everybody takes what is theirs."""
        self.query_one(SelectionList).select_all()

    def action_submit(self) -> None:
        """Hand over what was taken."""
        taken = tuple(self.query_one(SelectionList).selected)
        if self.attempt(lambda: (self._submit(taken),)):
            self.dismiss(result=True)
