"""The preview of the minutes during the meeting."""

import threading

import pytest
from textual.app import App
from textual.strip import Strip

from facilitator.tui.markdown_blocks import Block
from facilitator.tui.markdown_lines import Styles, draw_block
from facilitator.tui.screens.minutes import MinutesPreview, MinutesText, without_front_matter
from facilitator.tui.widgets import markdown_view
from tests.tui.harness import press, wait_for_workers, wait_until


class PreviewApp(App[None]):
    """An app with a preview of `text`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.threads: set[int] = set()
        self.left = False

    def on_mount(self) -> None:
        self.push_screen(MinutesPreview(self.minutes), self.leave)

    def minutes(self) -> str:
        self.threads.add(threading.get_ident())
        return self.text

    def leave(self, _result: None) -> None:
        self.left = True

    @property
    def shown(self) -> str:
        return self.screen.query_one(MinutesText).source


def count_drawn_blocks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the text of each block that is drawn from now on."""
    drawn: list[str] = []

    def draw(block: Block, width: int, styles: Styles) -> tuple[Strip, ...]:
        drawn.append(block.text)
        return draw_block(block, width, styles)

    monkeypatch.setattr(markdown_view, "draw_block", draw)
    return drawn


@pytest.fixture
def reader() -> PreviewApp:
    return PreviewApp("# Weekly\n\n- one\n")


async def test_the_minutes_are_shown_at_once(reader: PreviewApp) -> None:
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)

        assert reader.shown == "# Weekly\n\n- one\n"


async def test_minutes_are_rendered_in_a_thread(reader: PreviewApp) -> None:
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)

        assert reader.threads
        assert threading.get_ident() not in reader.threads


async def test_a_key_refreshes_the_minutes(reader: PreviewApp) -> None:
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)
        reader.text = "# Weekly\n\n- one\n- two\n"
        assert "two" not in reader.shown
        await press(pilot, "r")

        assert "two" in reader.shown


async def test_the_preview_follows_the_meeting(
    reader: PreviewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MinutesPreview, "REFRESH_INTERVAL", 0.01)
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)
        reader.text = "# Weekly\n\n- two\n"
        await wait_until(pilot, lambda: "two" in reader.shown)


async def test_refreshing_keeps_the_scroll_position(reader: PreviewApp) -> None:
    reader.text = "# Weekly\n\n" + "".join(f"- line {number}\n" for number in range(60))
    async with reader.run_test(size=(80, 24)) as pilot:
        await wait_for_workers(pilot)
        text = reader.screen.query_one(MinutesText)
        text.scroll_to(y=20, animate=False)
        await pilot.pause()
        reader.text += "- and one more\n"
        await press(pilot, "r")
        await pilot.pause()

        assert "and one more" in reader.shown
        assert text.scroll_y == 20


async def test_unchanged_minutes_are_not_drawn_again(
    reader: PreviewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)
        drawn = count_drawn_blocks(monkeypatch)
        await press(pilot, "r")

        assert drawn == []


async def test_a_link_in_a_note_is_not_opened(
    reader: PreviewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(App, "open_url", lambda _self, url, **_how: opened.append(url))
    reader.text = "[here](https://example.com)\n"
    async with reader.run_test(size=(80, 24)) as pilot:
        await wait_for_workers(pilot)
        region = reader.screen.query_one(MinutesText).content_region
        await pilot.click(offset=(region.x + 1, region.y))
        await wait_for_workers(pilot)

    assert opened == []


async def test_escape_closes_the_preview(reader: PreviewApp) -> None:
    async with reader.run_test() as pilot:
        await wait_for_workers(pilot)
        await press(pilot, "escape")

        assert reader.left


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("---\ntitle: x\n---\n\n# Weekly\n", "# Weekly\n"),
        ("# Weekly\n\n---\n", "# Weekly\n\n---\n"),
        ("---\nnever closed\n", "---\nnever closed\n"),
    ],
)
def test_only_the_front_matter_is_left_out(text: str, read: str) -> None:
    assert without_front_matter(text) == read


async def test_page_keys_scroll_the_preview(reader: PreviewApp) -> None:
    reader.text = "# Weekly\n\n" + "".join(f"- line {number}\n" for number in range(60))
    async with reader.run_test(size=(80, 24)) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("pagedown")
        await wait_until(pilot, lambda: reader.screen.query_one(MinutesText).scroll_y > 0)
