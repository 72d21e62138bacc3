"""A long Markdown text, of which only the lines in view are drawn."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from rich.segment import Segment
from textual import on
from textual.events import Resize
from textual.geometry import Size, clamp
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from facilitator.tui.markdown_blocks import Block, cut_markdown
from facilitator.tui.markdown_lines import STYLE_NAMES, Styles, draw_block

LONG = 4_000
"""The cells of a block from which on it is drawn in a worker."""


class MarkdownView(ScrollView, can_focus=True):
    """Shows blocks of Markdown, and keeps the lines of those that did not change.

    Until a block is in view its height is an estimate. What stands in view is never moved when
    that is put right.
    """

    COMPONENT_CLASSES = {f"markdown--{name}" for name in STYLE_NAMES}

    DEFAULT_CSS = """
    MarkdownView {
        scrollbar-gutter: stable;
        overflow-x: hidden;
        .markdown--title { color: $markdown-h1-color; text-style: bold; }
        .markdown--section { color: $markdown-h2-color; text-style: underline; }
        .markdown--subsection { color: $markdown-h3-color; text-style: bold; }
        .markdown--strong { text-style: bold; }
        .markdown--em { text-style: italic; }
        .markdown--s { text-style: strike; }
        .markdown--code { color: $text-accent; }
        .markdown--link { text-style: underline; }
        .markdown--quote { color: $text-primary; }
        .markdown--mark { color: $text-primary; }
        .markdown--head { color: $text-primary; text-style: bold; }
        .markdown--line { color: $primary; }
    }
    """

    @dataclass
    class _Drawn(Message):
        """A worker drew a long block."""

        block: Block
        width: int
        lines: tuple[Strip, ...]

    def __init__(self) -> None:
        super().__init__()
        self.source = ""
        """The whole text, as Markdown."""
        self._blocks: tuple[Block, ...] = ()
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        """The line on which each block begins, and behind them the number of all lines."""
        self._lines: dict[Block, tuple[Strip, ...]] = {}
        """The lines of each block that was drawn, in the width of now."""
        self._is_measuring = False
        self._in_worker: set[Block] = set()
        """Long blocks that a worker draws now."""

    def show_markdown(self, text: str, blocks: tuple[Block, ...] | None = None) -> None:
        """Show a text, without scrolling; `blocks` are its blocks, if they are known."""
        self.source = text
        self._blocks = cut_markdown(text) if blocks is None else blocks
        present = set(self._blocks)
        self._lines = {block: lines for block, lines in self._lines.items() if block in present}
        self._lay_out()
        self.refresh()

    @property
    def text_width(self) -> int:
        """The cells of a line; one is left blank beside the scrollbar."""
        return max(self.scrollable_content_region.width - 1, 1)

    def styles_of_text(self) -> Styles:
        """Return the styles of the theme, by their names."""
        return {
            name: self.get_component_rich_style(f"markdown--{name}", partial=True)
            for name in STYLE_NAMES
        }

    def on_resize(self, _event: Resize) -> None:
        """Draw all in the new width; what is at the top stays there."""
        top = self._index_at(round(self.scroll_y))
        self._lines.clear()
        self._lay_out()
        if top:
            self.scroll_to(y=self._tops[top])
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw all in the new colours."""
        super().notify_style_update()
        self._lines.clear()

    def render_line(self, y: int) -> Strip:
        """Return a line in view."""
        width, style = self.scrollable_content_region.width, self.rich_style
        place = round(self.scroll_y) + y
        strip = self._line_at(place)
        if (selection := self.text_selection) is not None:
            strip = self._with_selection(strip, selection.get_span(place))
        strip = strip.apply_style(style).adjust_cell_length(width, style)
        return strip.apply_offsets(0, place)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what was selected: of the whole text, its Markdown."""
        if selection.start is None and selection.end is None:
            return self.source, "\n"
        last = self._tops[-1] - 1 if selection.end is None else selection.end.y
        first = 0 if selection.start is None else selection.start.y
        selected = []
        for place in range(first, min(last, self._tops[-1] - 1) + 1):
            text = self._line_at(place).text
            start, end = selection.get_span(place) or (0, 0)
            selected.append(text[start : None if end == -1 else end].rstrip())
        return "\n".join(selected), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()

    def scroll_to(
        self, x: float | None = None, y: float | None = None, *, animate: bool = False, **how: Any
    ) -> None:
        """Scroll at once: an animation would go through lines that nobody reads."""
        super().scroll_to(x, y, animate=False, **how)

    def action_scroll_end(self) -> None:
        """Go to the last line."""
        self._measure_end()
        self.scroll_to(y=self.max_scroll_y)

    def validate_scroll_y(self, value: float) -> float:
        """Return the place with exact heights of all that is in view there."""
        value = super().validate_scroll_y(value)
        if self._is_measuring or not self.is_mounted:
            return value
        place = clamp(self._measure(round(value)), 0, self.max_scroll_y)
        self.set_reactive(Widget.scroll_target_y, place)  # the next key counts from there
        return place

    def _lay_out(self) -> None:
        """Find the heights of all blocks: exact ones where they were drawn, else estimates."""
        width, lines = self.text_width, self._lines
        self._set_heights(
            [
                len(drawn) if (drawn := lines.get(block)) else block.estimated_height(width)
                for block in self._blocks
            ]
        )
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _set_heights(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._tops = [0, *accumulate(self._heights)]
        self._is_measuring = True
        self.virtual_size = Size(self.text_width, self._tops[-1])
        self._is_measuring = False

    def _measure(self, top: int) -> int:
        """Draw the blocks that are in view below the line `top`; return where it is then."""
        height = self.scrollable_content_region.height
        if not self._blocks or not height:
            return top
        if top >= self.max_scroll_y and top:
            self._measure_end()
            return self.max_scroll_y
        index = self._index_at(top)
        from_end = self._tops[index + 1] - top
        heights, filled = None, -1
        first = index
        while index < len(self._blocks) and filled < height:
            exact = self._exact_height(index)
            if exact != self._heights[index]:
                heights = heights or list(self._heights)
                heights[index] = exact
            filled = (filled if index > first else 0) + (
                min(exact, from_end) if index == first else exact
            )
            index += 1
        if heights is None:
            return top
        self._set_heights(heights)
        self.refresh()
        return max(self._tops[first], self._tops[first + 1] - from_end)

    def _measure_end(self) -> None:
        """Draw the blocks of the last page."""
        heights, filled = list(self._heights), 0
        for index in reversed(range(len(self._blocks))):
            if filled >= self.scrollable_content_region.height:
                break
            heights[index] = self._exact_height(index)
            filled += heights[index]
        if heights != self._heights:
            self._set_heights(heights)

    def _exact_height(self, index: int) -> int:
        """Return the lines of a block; the estimate while a worker draws it."""
        drawn = self._drawn(self._blocks[index])
        return len(drawn) if drawn else self._heights[index]

    def _index_at(self, line: int) -> int:
        """Return the index of the block that a line belongs to."""
        last = max(len(self._blocks) - 1, 0)
        return clamp(bisect_right(self._tops, line) - 1, 0, last)

    def _line_at(self, line: int) -> Strip:
        if not 0 <= line < self._tops[-1]:
            return Strip([])
        index = self._index_at(line)
        lines = self._drawn(self._blocks[index]) or ()
        place = line - self._tops[index]
        return lines[place] if place < len(lines) else Strip([])

    def _drawn(self, block: Block) -> tuple[Strip, ...] | None:
        """Return the lines of a block; None while a worker draws it."""
        drawn = self._lines.get(block)
        if drawn is None and block.cells <= LONG:
            drawn = self._lines[block] = draw_block(block, self.text_width, self.styles_of_text())
        elif drawn is None:
            self._draw_in_worker(block)
        return drawn

    def _draw_in_worker(self, block: Block) -> None:
        if block in self._in_worker:
            return
        self._in_worker.add(block)
        width, styles = self.text_width, self.styles_of_text()

        def draw() -> None:
            self.post_message(self._Drawn(block, width, draw_block(block, width, styles)))

        self.run_worker(draw, thread=True)

    @on(_Drawn)
    def _keep_drawn(self, drawn: _Drawn) -> None:
        drawn.stop()
        self._in_worker.discard(drawn.block)
        if drawn.width == self.text_width and drawn.block in self._blocks:
            self._lines[drawn.block] = drawn.lines
            self._lay_out()
        self.refresh()

    def _with_selection(self, strip: Strip, span: tuple[int, int] | None) -> Strip:
        if span is None:
            return strip
        length = len(strip.text)
        start, end = span[0], length if span[1] == -1 else min(span[1], length)
        if start >= end:
            return strip
        selected = self.screen.get_component_rich_style("screen--selection")
        cuts = [strip.index_to_cell_position(each) for each in (start, end)]
        before, inside, after = strip.divide([*cuts, strip.cell_length])
        marked = Strip(
            Segment(each.text, (each.style + selected) if each.style else selected)
            for each in inside
        )
        return Strip.join([before, marked, after])
