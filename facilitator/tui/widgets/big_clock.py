"""A clock with digits as large as the terminal allows."""

from msgspec import Struct
from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

FONT = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
}
"""The five rows of dots of each character."""

DOTS_HIGH = 5
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""The character of a cell by its upper and its lower dot; dots are about square."""


class DigitLayout(Struct, frozen=True, kw_only=True):
    """The size and the place of digits in a widget."""

    text: str
    scale: int
    """The width of a dot in cells and its height in half rows; 0 if plain text is shown instead."""
    left: int
    top: int

    @classmethod
    def of(cls, text: str, size: Size) -> "DigitLayout":
        """Return the largest layout of `text` that fits into `size`, centred."""
        if any(each not in FONT for each in text) or not text:
            return cls(text=text, scale=0, left=0, top=size.height // 2)
        dots = _dots_wide(text)
        scale = min(size.width // dots, size.height * 2 // DOTS_HIGH)
        width, height = (dots * scale, (DOTS_HIGH * scale + 1) // 2) if scale else (len(text), 1)
        return cls(
            text=text,
            scale=scale,
            left=max((size.width - width) // 2, 0),
            top=max((size.height - height) // 2, 0),
        )

    @property
    def height(self) -> int:
        """The rows of the digits."""
        return max((DOTS_HIGH * self.scale + 1) // 2, 1)

    def row(self, y: int) -> str:
        """Return row `y` of the widget, without blanks at the right."""
        row = y - self.top
        if not 0 <= row < self.height:
            return ""
        if not self.scale:
            return " " * self.left + self.text
        upper, lower = self._dots(2 * row), self._dots(2 * row + 1)
        return " " * self.left + "".join(
            HALVES[above, below] * self.scale for above, below in zip(upper, lower, strict=True)
        )

    def _dots(self, half_row: int) -> list[bool]:
        dot = half_row // self.scale
        if dot >= DOTS_HIGH:
            return [False] * _dots_wide(self.text)
        return [mark != " " for mark in " ".join(FONT[each][dot] for each in self.text)]


def _dots_wide(text: str) -> int:
    return sum(len(FONT[each][0]) for each in text) + len(text) - 1


class BigClock(Widget):
    """Shows digits such as `0:48`, `+0:12` or `1:02:03`, as large as fits."""

    digits: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """Return one row of the digits."""
        row = DigitLayout.of(self.digits, self.content_size).row(y)
        strip = Strip([Segment(row, self.rich_style)])
        return strip.adjust_cell_length(self.content_size.width, self.rich_style)
