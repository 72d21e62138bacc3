"""A long Markdown text costs only what is in view of it."""

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection
from textual.strip import Strip

from facilitator.tui.markdown_blocks import Block
from facilitator.tui.markdown_lines import Styles, draw_block
from facilitator.tui.widgets import markdown_view
from facilitator.tui.widgets.markdown_view import LONG, MarkdownView
from tests.tui.harness import press, wait_for_workers

LINES = 5_000
ROWS = 10
SIZE = (40, ROWS)
WRAPPED = "a note so long that it takes two lines of this terminal, number"


class ViewApp(App[None]):
    """An app with nothing but a text."""

    def compose(self) -> ComposeResult:
        yield MarkdownView()

    @property
    def view(self) -> MarkdownView:
        return self.query_one(MarkdownView)

    def lines(self) -> list[str]:
        """Return what stands in view."""
        return [self.view.render_line(y).text.rstrip() for y in range(ROWS)]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the text of each block that is drawn, in their order."""
    found: list[str] = []

    def draw(block: Block, width: int, styles: Styles) -> tuple[Strip, ...]:
        found.append(block.text)
        return draw_block(block, width, styles)

    monkeypatch.setattr(markdown_view, "draw_block", draw)
    return found


def notes(count: int = LINES, text: Callable[[int], str] = "note {}".format) -> str:
    return "\n".join(f"- {text(number)}" for number in range(count))


async def show(pilot: Pilot[None], text: str) -> None:
    app = pilot.app
    assert isinstance(app, ViewApp)
    app.view.show_markdown(text)
    app.view.focus()
    await pilot.pause()


async def test_only_what_is_in_view_is_drawn(drawn: list[str]) -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes())

        assert app.lines()[0] == "• note 0"
        assert app.view.virtual_size.height == LINES
        assert len(drawn) <= 2 * ROWS


async def test_a_changed_line_is_the_only_one_that_is_drawn_again(drawn: list[str]) -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes())
        drawn.clear()
        await show(pilot, notes().replace("note 3\n", "a new word\n"))

        assert drawn == ["a new word"]
        assert app.lines()[3] == "• a new word"


async def test_keys_lead_to_every_part_of_the_text() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes())
        await press(pilot, "down")
        assert app.lines()[0] == "• note 1"
        await press(pilot, "pagedown")
        assert app.lines()[0] == f"• note {ROWS + 1}"
        await press(pilot, "end")
        assert app.lines()[-1] == f"• note {LINES - 1}"
        await press(pilot, "up")
        assert app.lines()[-1] == f"• note {LINES - 2}"
        await press(pilot, "pageup")
        assert app.lines()[-1] == f"• note {LINES - 2 - ROWS}"
        await press(pilot, "home")
        assert app.lines()[0] == "• note 0"


async def test_the_end_is_reached_where_heights_were_only_estimated(drawn: list[str]) -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes(300, (WRAPPED + " {}").format))
        await press(pilot, "end")

        assert app.lines()[-1].endswith(" 299")
        assert len(drawn) <= 3 * ROWS


async def test_scrolling_up_through_estimated_heights_leaves_no_line_out() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        text = notes(40, lambda number: f"{number} " + "word " * (number % 9 * 4))
        await show(pilot, text)
        await press(pilot, "end")
        seen = [app.lines()[0]]
        while app.view.scroll_y > 0:
            before = app.lines()[:-1]
            await press(pilot, "up")
            assert app.lines()[1:] == before
            seen.insert(0, app.lines()[0])

        numbers = [line.split()[1] for line in seen if line.startswith("•")]
        assert numbers == [str(number) for number in range(len(numbers))]


async def test_another_width_keeps_what_is_at_the_top() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes(300, (WRAPPED + " {}").format))
        app.view.scroll_to(y=app.view._tops[100])
        await pilot.pause()
        assert app.lines()[1].endswith(" 100") or app.lines()[2].endswith(" 100")
        await pilot.resize_terminal(120, ROWS)
        await pilot.pause()

        assert app.lines()[0] == f"• {WRAPPED} 100"


async def test_a_very_long_paragraph_is_drawn_in_a_worker(drawn: list[str]) -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, "- before\n- " + "word " * LONG + "\n- after")
        await wait_for_workers(pilot)
        await press(pilot, "end")

        assert app.lines()[-1] == "• after"
        assert app.lines()[-2].split() == ["word"] * len(app.lines()[-2].split())
        assert len(drawn) == 3


async def test_what_is_selected_can_be_copied() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, "# 周会\n\n- 一\n- **two**")
        view = app.view

        part = view.get_selection(Selection(Offset(2, 2), Offset(5, 3)))
        assert part == ("一\n• two", "\n")
        assert view.get_selection(Selection(None, None)) == (view.source, "\n")


async def test_a_shorter_text_scrolls_back_to_its_end() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, notes())
        await press(pilot, "end")
        await show(pilot, notes(5))

        assert app.lines()[:5] == [f"• note {number}" for number in range(5)]


async def test_other_colours_draw_the_text_again(drawn: list[str]) -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        await show(pilot, "# Weekly")
        before = app.view.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()

        assert app.view.render_line(0) != before
