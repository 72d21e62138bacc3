"""The list of action items, those of earlier meetings first."""

from dataclasses import dataclass

from msgspec import Struct
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.action import CLOSED, ActionId, ActionStatus
from facilitator.domain.errors import N_
from facilitator.tui.widgets.entry_list import EntryList, cursor_after, sensitive_prefix
from facilitator.tui.widgets.hanging_indent import HangingIndent


class ActionLine(Struct, frozen=True, kw_only=True):
    """One action item, as the list shows it."""

    action_id: ActionId
    title: str
    status: ActionStatus
    detail: str
    """Owner, due date and criterion, or what is missing of them."""
    flag: str = ""
    """`overdue`, `3rd meeting`, `to review`: what needs an eye."""
    is_overdue: bool = False
    is_sensitive: bool = False


class ActionTable(EntryList):
    """Shows action items over two lines each; Enter edits one."""

    lines: reactive[tuple[ActionLine, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Edit"), id="action.edit", show=False),
        Binding("x", "close('done')", N_("Done"), id="action.done", show=False),
        Binding(
            "w",
            "close('carried')",
            N_("Carry"),
            id="action.carry",
            show=False,
            tooltip=N_("Not done: it goes on, with a reason and perhaps a new date"),
        ),
        Binding("s", "close('begun')", N_("Start"), id="action.begin", show=False),
        Binding("h", "close('blocked')", N_("Block"), id="action.block", show=False),
        Binding("y", "close('taken')", N_("Take it"), id="action.take", show=False),
        Binding(
            "v",
            "close('ruled')",
            N_("Rule"),
            id="action.rule",
            show=False,
            tooltip=N_("The decider kills it, splits it, hands it over, or sets a new date"),
        ),
        Binding("delete", "close('dropped')", N_("Drop"), id="action.drop", show=False),
        Binding("o", "close('reopened')", N_("Reopen"), id="action.reopen", show=False),
    ]

    @dataclass
    class Picked(Message):
        """An action item is to be edited."""

        action_id: ActionId

    @dataclass
    class CloseRequested(Message):
        """Something is to become of an action item; `how` is its state's name, more or less."""

        action_id: ActionId
        how: str

    @property
    def line(self) -> ActionLine | None:
        """The one under the cursor."""
        place = self.highlighted
        return self.lines[place] if place is not None and place < len(self.lines) else None

    def watch_lines(self, before: tuple[ActionLine, ...], lines: tuple[ActionLine, ...]) -> None:
        """Show them, with the cursor on a new one or where it was."""
        place = cursor_after(
            [line.action_id for line in before],
            [line.action_id for line in lines],
            self.highlighted,
        )
        self.clear_options()
        self.add_options(Option(_prompt(line), id=line.action_id) for line in lines)
        self.highlighted = place

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into the table's."""
        selected.stop()
        if self.line is not None:
            self.post_message(self.Picked(self.line.action_id))

    def action_close(self, how: str) -> None:
        """Say what becomes of the one under the cursor."""
        if self.line is not None:
            self.post_message(self.CloseRequested(self.line.action_id, how))


MARKS = {
    ActionStatus.OPEN: "☐",
    ActionStatus.IN_PROGRESS: "▶",
    ActionStatus.BLOCKED: "■",
    ActionStatus.DONE: "✓",
    ActionStatus.DROPPED: "✗",
}


def _prompt(line: ActionLine) -> HangingIndent:
    head = Content(f"{MARKS[line.status]} {line.action_id} ")
    title = Content(f"{sensitive_prefix(is_sensitive=line.is_sensitive)}{line.title}\n")
    flag = Content(f"{line.flag} · " if line.flag else "").stylize(
        "bold $text-error" if line.is_overdue else "$text-warning"
    )
    words = title + flag + Content(line.detail).stylize("dim")
    if line.status in CLOSED:
        return HangingIndent(head.stylize("dim"), words.stylize("dim"))
    return HangingIndent(head, words)
