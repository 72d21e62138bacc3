"""The list of action items."""

from textual.binding import Binding
from textual.content import Content

from facilitator.domain.action import ActionStatus
from facilitator.domain.errors import N_
from facilitator.tui.widgets.entry_list import EntryLine, HangingIndent, RegisterList

ACTION_MARKS = {
    ActionStatus.OPEN: "☐",
    ActionStatus.IN_PROGRESS: "▶",
    ActionStatus.BLOCKED: "■",
    ActionStatus.DONE: "✓",
    ActionStatus.DROPPED: "✗",
}


class ActionList(RegisterList):
    """Shows each action item with a second line for owner, due date and criterion."""

    BINDINGS = [
        Binding("enter", "select", N_("Edit"), id="action.edit", show=False),
        Binding("x", "request('done')", N_("Done"), id="action.done", show=False),
        Binding(
            "w",
            "request('carried')",
            N_("Carry"),
            id="action.carry",
            show=False,
            tooltip=N_("Not done: carry it over, with a reason and perhaps a new date"),
        ),
        Binding("s", "request('begun')", N_("Start"), id="action.begin", show=False),
        Binding("h", "request('blocked')", N_("Block"), id="action.block", show=False),
        Binding("y", "request('taken')", N_("Take it"), id="action.take", show=False),
        Binding(
            "v",
            "request('ruled')",
            N_("Decide"),
            id="action.rule",
            show=False,
            tooltip=N_("The decider kills it, splits it, hands it over, or sets a new date"),
        ),
        Binding("delete", "request('dropped')", N_("Drop"), id="action.drop", show=False),
        Binding("o", "request('reopened')", N_("Reopen"), id="action.reopen", show=False),
    ]

    def prompt(self, line: EntryLine) -> HangingIndent:
        """Return the title, and below it flag and detail."""
        flag = Content(f"{line.flag} · " if line.flag else "").stylize(line.flag_style)
        detail = Content(line.detail).stylize("dim")
        return HangingIndent(line.head, line.words + Content("\n") + flag + detail)

    def paragraphs(self, line: EntryLine) -> tuple[str, ...]:
        """Return the title, and below it flag and detail."""
        return line.text, " · ".join(filter(None, (line.flag, line.detail)))
