"""Text with a hanging indent: further lines start under the words."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class HangingIndent(Visual):
    """A sign and the words behind it; they wrap in a column of their own."""

    def __init__(self, sign: Content, words: Content) -> None:
        """Hang `words` behind `sign`, which brings its own space."""
        self._sign = sign
        self._words = words

    def __str__(self) -> str:
        """Both, in one piece."""
        return f"{self._sign}{self._words}"

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The words' lines, the first one behind the sign."""
        indent = self._sign.cell_length
        first = self._sign.render_strips(indent, 1, style, options)
        blank = Strip.blank(indent, style.rich_style)
        lines = self._words.render_strips(self._room(width), height, style, options)
        return [
            Strip.join([first[0] if place == 0 and first else blank, line])
            for place, line in enumerate(lines)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Cells on which no words wrap."""
        return self._sign.cell_length + self._words.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Cells on which no word breaks."""
        return self._sign.cell_length + self._words.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines that the words take."""
        return self._words.get_height(rules, self._room(width))

    def _room(self, width: int) -> int:
        """Cells for the words; a narrow list has to break them somewhere."""
        return max(width - self._sign.cell_length, 1)
