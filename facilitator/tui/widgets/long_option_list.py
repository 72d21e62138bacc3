"""A list of options that costs as much as what is in view of it, however long it is."""

from collections.abc import Iterable
from itertools import accumulate
from typing import cast

from textual.css.styles import RulesMap
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.tui.lazy_option import LazyOption


class LongOptionList(OptionList):
    """Counts the lines of the options in view, and estimates those of the others.

    Its options are `LazyOption`s.
    """

    def exchange_options(self, options: Iterable[tuple[int, LazyOption]]) -> None:
        """Put other options at these places; cursor and view stay where they are."""
        for index, option in options:
            old = self._options[index]
            del self._option_to_index[old]
            if old.id is not None:
                del self._id_to_option[old.id]
            self._options[index] = option
            self._option_to_index[option] = index
            if option.id is not None:
                self._id_to_option[option.id] = option
        self._line_cache.clear()
        self.refresh(layout=self.styles.auto_dimensions)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Scroll to the option under the cursor."""
        if self.highlighted is not None and self.is_mounted:
            height = self.scrollable_content_region.height
            self._measure(self.highlighted - height, self.highlighted + height + 1)
        super().scroll_to_highlight(top)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines in view."""
        self._update_lines()
        lines, top = self._line_cache.lines, self.scroll_offset.y
        if top < len(lines):
            first = lines[top][0]
            self._measure(first, first + self.scrollable_content_region.height)
        return super().render_lines(crop)

    @property
    def _text_width(self) -> int:
        padding = self.get_component_styles("option-list--option").padding.width
        return self.scrollable_content_region.width - self._get_left_gutter_width() - padding

    def _update_lines(self) -> None:
        """Lay the options out, if they changed since."""
        if not self.scrollable_content_region:
            return
        cache = self._line_cache
        if len(cache.heights) != len(self._options):
            self._lay_out()
        virtual_size = Size(self.scrollable_content_region.width, len(cache.lines))
        if virtual_size != self.virtual_size:
            self.virtual_size = virtual_size
            self._scroll_update(virtual_size)

    def _lay_out(self) -> None:
        width, cache = self._text_width, self._line_cache
        heights = [self._height(option, width) for option in self._options]
        tops = accumulate(heights, initial=0)
        cache.clear()
        cache.heights.update(enumerate(heights))
        cache.index_to_line.update(zip(range(len(heights)), tops, strict=False))
        cache.lines.extend(
            (index, line) for index, height in enumerate(heights) for line in range(height)
        )

    def _measure(self, first: int, end: int) -> None:
        """Count the lines of the options with these indexes."""
        self._update_lines()
        width, heights = self._text_width, self._line_cache.heights
        is_changed = False
        for index in range(max(first, 0), min(end, len(self._options))):
            option = self._options[index]
            if isinstance(option, LazyOption) and not option.is_measured(width):
                height = self._get_visual(option).get_height(cast(RulesMap, self.styles), width)
                option.set_height(width, height)
                is_changed = is_changed or height != heights.get(index)
        if is_changed:
            self._line_cache.clear()
            self._update_lines()

    def _height(self, option: Option, width: int) -> int:
        if isinstance(option, LazyOption):
            return option.height(width)
        return self._get_visual(option).get_height(cast(RulesMap, self.styles), width)
