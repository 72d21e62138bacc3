"""The read-back: each owner accepts the action items that are read aloud."""

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Label

from facilitator.domain.action import ActionId
from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler, SubmitDialog
from facilitator.tui.widgets.entry_list import EntryLine, EntryList


class ReadBackItem(Struct, frozen=True, kw_only=True):
    """An action item as it is read aloud, and whether its owner has accepted it."""

    action_id: ActionId
    text: str
    """Who does what by when."""
    is_taken: bool


class ReadBackList(EntryList):
    """Shows each action item with a mark where its owner accepts it."""

    BINDINGS = [Binding("space", "request('take')", N_("Take it"), id="read-back.take")]


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
        self._taken = {each.action_id for each in items if each.is_taken}

    def compose(self) -> ComposeResult:
        """The action items in the order of their owners."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("Confirm owners")
            yield Label(_("Press Space when the owner says “I take it”."))
            yield ReadBackList()
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show all action items."""
        self._show()

    @on(EntryList.Requested)
    @on(EntryList.Picked)
    def toggle(self, asked: EntryList.Requested | EntryList.Picked) -> None:
        """Mark an action item as accepted, or remove the mark."""
        self._taken ^= {ActionId(asked.id)}
        self._show()

    def action_all(self) -> None:
        """Mark all as accepted."""
        self._taken = {each.action_id for each in self._items}
        self._show()

    def action_submit(self) -> None:
        """Submit those that are accepted."""
        self.submit(tuple(each.action_id for each in self._items if each.action_id in self._taken))

    def _show(self) -> None:
        self.query_one(ReadBackList).lines = tuple(
            EntryLine(
                id=each.action_id,
                mark="✓ " if each.action_id in self._taken else "☐ ",
                text=each.text,
            )
            for each in self._items
        )
