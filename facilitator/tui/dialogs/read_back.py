"""The read-back: each owner accepts the action items that are read aloud."""

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
from facilitator.tui.dialogs.form import FormHandler, SubmitDialog


class ReadBackItem(Struct, frozen=True, kw_only=True):
    """An action item as it is read aloud, and whether its owner has accepted it."""

    action_id: ActionId
    text: str
    """Who does what by when."""
    is_taken: bool


class ReadBackDialog(SubmitDialog[tuple[ActionId, ...]]):
    """Asks which action items their owners accept."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="read-back.save", priority=True),
        Binding("a", "all", N_("All confirm"), id="read-back.all"),
    ]

    def __init__(
        self, items: tuple[ReadBackItem, ...], *, handler: FormHandler[tuple[ActionId, ...]]
    ) -> None:
        """Begin with those accepted before."""
        super().__init__(handler)
        self._items = items

    def compose(self) -> ComposeResult:
        """The action items in the order of their owners."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("Confirm owners")
            yield Label(_("Press Space when the owner says “I take it”."))
            yield SelectionList(
                *(
                    Selection(Content(each.text), each.action_id, each.is_taken)
                    for each in self._items
                )
            )
            yield Footer(show_command_palette=False, compact=True)

    def action_all(self) -> None:
        """Mark all as accepted."""
        self.query_one(SelectionList).select_all()

    def action_submit(self) -> None:
        """Submit those that are accepted."""
        self.submit(tuple(self.query_one(SelectionList).selected))
