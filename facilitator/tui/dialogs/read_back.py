"""The read-back: each owner accepts the action items that are read aloud."""

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, SelectionList
from textual.widgets.selection_list import Selection

from facilitator.domain.action import ActionId
from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.i18n import Dialog


class ReadBackItem(Struct, frozen=True, kw_only=True):
    """A promise as it is read aloud, and whether its owner has taken it."""

    action_id: ActionId
    text: str
    """Who does what by when."""
    is_taken: bool


class ReadBackDialog(Dialog[bool]):
    """A box a promise, marked once its owner has said so."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="read-back.save", priority=True),
        Binding("a", "all", N_("All take theirs"), id="read-back.all"),
    ]

    def __init__(
        self,
        items: tuple[ReadBackItem, ...],
        *,
        submit: Callable[[tuple[ActionId, ...]], object],
    ) -> None:
        """Begin with those taken before; hand those taken now to `submit`."""
        super().__init__()
        self._items = items
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The promises in the order of their owners."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("Read-back")
            yield Label(_("Space marks what its owner takes: “I take it”."))
            yield SelectionList(
                *(
                    Selection(Content(each.text), each.action_id, each.is_taken)
                    for each in self._items
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
