"""The list of agenda items: done, running and still to come."""

from dataclasses import dataclass

from msgspec import Struct
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.agenda import ItemId
from facilitator.domain.errors import N_
from facilitator.domain.meeting import ItemState

MARKS = {
    ItemState.PENDING: " ",
    ItemState.RUNNING: "▶",
    ItemState.DONE: "✓",
    ItemState.SKIPPED: "↷",
    ItemState.DROPPED: "✗",
}


class AgendaLine(Struct, frozen=True, kw_only=True):
    """One item, as the list shows it."""

    item_id: ItemId
    title: str
    state: ItemState
    spent: int
    """Whole minutes."""
    timebox: int
    """Whole minutes, as adjusted."""
    adapted: int
    """Whole minutes, as they must be to end on time."""

    @property
    def minutes(self) -> str:
        """`9/10` once it has begun, `10` before; `10→7` where it has to give up time."""
        if self.state in (ItemState.RUNNING, ItemState.DONE):
            return f"{self.spent}/{self.timebox}"
        if self.adapted != self.timebox:
            return f"{self.timebox}→{self.adapted}"
        return f"{self.timebox}"


class AgendaList(OptionList):
    """Shows the items; Enter goes to one."""

    lines: reactive[tuple[AgendaLine, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Go to item"), id="agenda.go", show=False),
        Binding("s", "skip", N_("Skip item"), id="agenda.skip", show=False),
    ]

    @dataclass
    class Picked(Message):
        """The room wants to go to an item."""

        item_id: ItemId

    @dataclass
    class SkipRequested(Message):
        """An item is to be left out today."""

        item_id: ItemId

    def watch_lines(self, before: tuple[AgendaLine, ...], lines: tuple[AgendaLine, ...]) -> None:
        """Rewrite the lines that changed, and only those."""
        if [line.item_id for line in before] != [line.item_id for line in lines]:
            self.clear_options()
            self.add_options(
                Option(self._prompt(place, line), id=line.item_id)
                for place, line in enumerate(lines)
            )
            return
        for place, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.replace_option_prompt_at_index(place, self._prompt(place, new))
                if new.state is ItemState.RUNNING and old.state is not ItemState.RUNNING:
                    self.highlighted = place

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        for place, line in enumerate(self.lines):
            self.replace_option_prompt_at_index(place, self._prompt(place, line))

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into the agenda's."""
        selected.stop()
        if selected.option.id is not None:
            self.post_message(self.Picked(ItemId(selected.option.id)))

    def action_skip(self) -> None:
        """Leave the highlighted item out."""
        if self.highlighted is not None:
            self.post_message(self.SkipRequested(self.lines[self.highlighted].item_id))

    def _prompt(self, place: int, line: AgendaLine) -> Content:
        head = Content(f"{MARKS[line.state]} {place + 1} ")
        tail = Content(f" {line.minutes}")
        room = max(self.scrollable_content_region.width - head.cell_length - tail.cell_length, 4)
        title = Content(line.title).truncate(room, ellipsis=True, pad=True)
        shown = head + title + tail
        if line.state is ItemState.RUNNING:
            return shown.stylize("bold")
        if line.state in (ItemState.DONE, ItemState.SKIPPED, ItemState.DROPPED):
            return shown.stylize("dim")
        return shown
