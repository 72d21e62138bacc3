"""A long list makes and measures only what is in view."""

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.visual import VisualType

from facilitator.tui.widgets.entry_list import EntryLine, EntryList
from tests.tui.harness import press

COUNT = 5_000
ROWS = 10
SIZE = (30, ROWS)
LONG_TEXT = "这条记录很长，在这个终端里要占两行或者更多行才能全部显示出来"


class CountingList(EntryList):
    """A list that knows which prompts it has made."""

    made: list[str]

    def prompt(self, line: EntryLine) -> VisualType:
        self.made.append(line.id)
        return super().prompt(line)


class ListApp(App[None]):
    """An app with nothing but a list."""

    CSS = "CountingList { height: 1fr; border: none; padding: 0; }"

    def compose(self) -> ComposeResult:
        yield CountingList(markup=False)

    def on_mount(self) -> None:
        self.entries.made = []

    @property
    def entries(self) -> CountingList:
        return self.query_one(CountingList)

    def rows(self) -> list[str]:
        return [self.entries.render_line(y).text.rstrip() for y in range(ROWS)]


def entry_lines(texts: Sequence[str]) -> tuple[EntryLine, ...]:
    return tuple(
        EntryLine(id=f"N{number}", mark="· ", text=text) for number, text in enumerate(texts)
    )


@pytest.fixture
def app() -> ListApp:
    return ListApp()


async def test_only_entries_in_view_are_made(app: ListApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.entries.lines = entry_lines([f"note {number}" for number in range(COUNT)])
        await pilot.pause()

        assert app.rows()[:2] == ["· note 0", "· note 1"]
        assert app.entries.virtual_size.height == COUNT
        assert len(app.entries.made) <= 3 * ROWS


async def test_a_changed_entry_is_the_only_one_that_is_made_again(app: ListApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        texts = [f"note {number}" for number in range(COUNT)]
        app.entries.lines = entry_lines(texts)
        await pilot.pause()
        app.entries.made.clear()
        texts[1] = "another word"
        app.entries.lines = entry_lines(texts)
        await pilot.pause()

        assert app.rows()[1] == "· another word"
        assert app.entries.made == ["N1"]


async def test_a_new_entry_leaves_the_others_as_they_are(app: ListApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        texts = [f"note {number}" for number in range(COUNT)]
        app.entries.lines = entry_lines(texts)
        await pilot.pause()
        app.entries.made.clear()
        app.entries.lines = entry_lines([*texts, "the newest"])
        app.entries.highlighted = COUNT
        await pilot.pause()

        assert app.rows()[-1] == "· the newest"
        assert "N0" not in app.entries.made
        assert len(app.entries.made) <= 3 * ROWS


async def test_an_entry_under_the_cursor_is_in_view_whatever_was_estimated(app: ListApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.entries.lines = entry_lines([f"{number} {LONG_TEXT}" for number in range(200)])
        app.entries.focus()
        await pilot.pause()
        for key in ("end", "pageup", "up", "home", "pagedown", "pagedown", "down"):
            await press(pilot, key)
            place = app.entries.highlighted
            assert any(row.split()[:2] == ["·", str(place)] for row in app.rows()), key


async def test_every_entry_is_shown_with_all_of_its_lines(app: ListApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.entries.lines = entry_lines([f"{number} {LONG_TEXT}" for number in range(30)])
        app.entries.focus()
        await pilot.pause()
        for _step in range(29):
            await press(pilot, "down")
        text = "".join(row.strip("· ") for row in app.rows())

        assert f"29{LONG_TEXT}" in text.replace(" ", "")
