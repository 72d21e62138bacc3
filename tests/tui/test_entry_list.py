"""An entry list keeps its cursor on the same entry, and reports what its keys ask for."""

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding

from facilitator.tui.widgets.entry_list import MARK_SENSITIVE, EntryLine, EntryList, RegisterList


class ClosableList(RegisterList):
    """A list with one key of its own."""

    BINDINGS = [Binding("x", "request('done')", "Done", id="test.done")]


class EntryListApp(App[None]):
    """Shows one list, and records its messages."""

    def __init__(self, entry_list: EntryList) -> None:
        super().__init__()
        self.entry_list = entry_list
        self.messages: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        yield self.entry_list

    def on_entry_list_picked(self, picked: EntryList.Picked) -> None:
        self.messages.append((picked.id,))

    def on_entry_list_requested(self, asked: EntryList.Requested) -> None:
        self.messages.append((asked.id, asked.command))


def lines(ids: str, current: str = "") -> tuple[EntryLine, ...]:
    """Return a line for each letter."""
    return tuple(EntryLine(id=each, text=each * 3, is_current=each in current) for each in ids)


@pytest.mark.parametrize(
    ("kind", "before", "after", "cursor"),
    [
        (EntryList, lines("abc"), lines("cab"), "b"),
        (EntryList, lines("abc"), lines("ac"), "c"),
        (EntryList, lines("ab"), lines("a"), "a"),
        (EntryList, lines("ab"), lines("xab"), "b"),
        (RegisterList, lines("ab"), lines("xab"), "x"),
        (RegisterList, lines("ab"), lines("axby"), "y"),
        (EntryList, lines("abc", "a"), lines("abc", "c"), "c"),
        (EntryList, lines("ab"), (), None),
        (RegisterList, (), lines("ab"), "a"),
        (EntryList, (), lines("ab", "b"), "b"),
    ],
)
async def test_the_cursor_stays_on_its_entry_unless_another_is_new_or_current(
    kind: type[EntryList],
    before: tuple[EntryLine, ...],
    after: tuple[EntryLine, ...],
    cursor: str | None,
) -> None:
    app = EntryListApp(kind())
    async with app.run_test():
        app.entry_list.lines = before
        app.entry_list.highlighted = 1
        app.entry_list.lines = after

        option = app.entry_list.highlighted_option
        assert (option.id if option else None) == cursor


async def test_keys_report_the_entry_under_the_cursor() -> None:
    app = EntryListApp(ClosableList())
    async with app.run_test() as pilot:
        await pilot.press("enter", "x")
        app.entry_list.lines = lines("ab")
        await pilot.press("down", "enter", "x", "S")

    assert app.messages == [("b",), ("b", "done"), ("b", MARK_SENSITIVE)]


async def test_a_line_shows_mark_text_flag_and_detail() -> None:
    app = EntryListApp(EntryList())
    line = EntryLine(id="D1", mark="? D1 ", text="Clear it?", flag="new", detail="→ ACoS")
    async with app.run_test():
        app.entry_list.lines = (line,)
        app.entry_list.lines = (EntryLine(id="D1", text="Clear it!", is_sensitive=True),)

        assert str(app.entry_list.prompt(line)) == "? D1 Clear it?  new  → ACoS"
        assert str(app.entry_list.get_option_at_index(0).prompt) == "[S] Clear it!"
