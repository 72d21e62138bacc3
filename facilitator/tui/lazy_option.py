"""An option of a list, of which nothing is made until somebody can see it."""

from collections.abc import Callable, Sequence

from textual.visual import VisualType
from textual.widgets.option_list import Option


class LazyOption(Option):
    """An option whose prompt is made, and whose lines are counted, when it comes in view."""

    def __init__(
        self,
        make_prompt: Callable[[], VisualType],
        *,
        id: str | None = None,  # noqa: A002  (as in Textual's option)
        indent: int = 0,
        cells: Sequence[int] = (0,),
    ) -> None:
        """Show what `make_prompt` returns: paragraphs of about `cells` cells behind an indent."""
        super().__init__("", id=id)
        self._make_prompt = make_prompt
        self._is_made = False
        self._indent = indent
        self._cells = cells
        self._measured = (0, 0)

    @property
    def prompt(self) -> VisualType:
        """What is displayed."""
        if not self._is_made:
            self._prompt = self._make_prompt()
            self._is_made = True
        return self._prompt

    def is_measured(self, width: int) -> bool:
        """Return whether the number of its lines is known."""
        return self._measured[0] == width

    def set_height(self, width: int, height: int) -> None:
        """Remember the number of its lines."""
        self._measured = (width, height)

    def height(self, width: int) -> int:
        """Return the number of its lines in this width; an estimate where it is not known."""
        if self._measured[0] == width:
            return self._measured[1]
        available = max(width - self._indent, 1)
        return sum(max(-(-each // available), 1) for each in self._cells)
