"""The list of agenda items: done, running and still to come."""

from textual.binding import Binding
from textual.content import Content

from facilitator.domain.agenda import Item
from facilitator.domain.errors import N_
from facilitator.domain.meeting import ItemState
from facilitator.tui.widgets.entry_list import EntryLine, EntryList

ITEM_MARKS = {
    ItemState.PENDING: " ",
    ItemState.RUNNING: "▶",
    ItemState.DONE: "✓",
    ItemState.SKIPPED: "↷",
    ItemState.DROPPED: "✗",
}
ITEM_STYLES = {ItemState.PENDING: "", ItemState.RUNNING: "bold"}
"""The styles of items that are not over; the others are dim."""


class AgendaList(EntryList):
    """Shows each item on one line, with its minutes at the right; Enter starts one."""

    BINDINGS = [
        Binding("enter", "select", N_("Go to item"), id="agenda.go", show=False),
        Binding("s", "request('skip')", N_("Skip item"), id="agenda.skip", show=False),
    ]

    def first_index(self) -> None:
        """Return None: there is no cursor until an item starts or a key moves it."""

    def prompt(self, line: EntryLine) -> Content:
        """Return the line, with its title cut to the width of the list."""
        head, tail = Content(line.mark), Content(f" {line.detail}")
        width = self.scrollable_content_region.width - head.cell_length - tail.cell_length
        title = Content(line.title).truncate(max(width, 4), ellipsis=True, pad=True)
        return (head + title + tail).stylize(line.style)

    def on_resize(self) -> None:
        """Fit the titles to the new width."""
        for index, line in enumerate(self.lines):
            self.replace_option_prompt_at_index(index, self.prompt(line))


def agenda_line(
    place: int, item: Item, state: ItemState, *, spent: int, timebox: int, replanned: int
) -> EntryLine:
    """Return the line of the item at `place`, counted from 1.

    `spent`, `timebox` and `replanned` are whole minutes; `replanned` is the timebox that is left
    so that the meeting ends on time. The detail is `9/10` once the item has started, `10` before,
    and `10→7` where it has to give up time.
    """
    if state in (ItemState.RUNNING, ItemState.DONE):
        minutes = f"{spent}/{timebox}"
    else:
        minutes = f"{timebox}" if replanned == timebox else f"{timebox}→{replanned}"
    return EntryLine(
        id=item.id,
        mark=f"{ITEM_MARKS[state]} {place} ",
        text=item.title,
        style=ITEM_STYLES.get(state, "dim"),
        detail=minutes,
        is_sensitive=item.is_sensitive,
        is_current=state is ItemState.RUNNING,
    )
