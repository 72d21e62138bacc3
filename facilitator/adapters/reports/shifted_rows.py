"""Find rows whose cells have moved to the right, by a cell that says so by itself.

A number with a thousands separator that is not quoted makes two cells of one. If the last cell of
the row is blank, the row has as many cells as the header, and the figures to the right of that
number stand in wrong columns. A day, a percent or an amount with a money sign shows it where it
stands in the column to the right of its own, if that one holds other cells in all other rows.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import polars as pl

_MARKED = {
    "day": r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$",
    "percent": r"^\s*-?\d[\d.,]*\s?%\s*$",
    "money": r"^\s*-?[$€£¥￥₹]\s?-?\d[\d.,]*\s*$|^\s*-?\d[\d.,]*\s?[€£]\s*$",
}
_FEWEST = 3
"""So many rows are needed to know what a column holds."""


class Guard(Struct, frozen=True, kw_only=True):
    """A column in which a cell of the column to its left shows that a row has moved."""

    position: int
    pattern: str
    """What cells of the column to its left look like."""

    def is_moved(self, column: "pl.Expr") -> "pl.Expr":
        """Return for each cell of the column whether it is one of the column to its left."""
        return column.str.contains(self.pattern)


def guard_of(below: Sequence[Sequence[str]], width: int) -> Guard | None:
    """Return the column furthest to the right that guards; None if no column does.

    `below` are the first rows below a header of `width` cells.
    """
    rows = [row for row in below if len(row) == width]
    if len(rows) < _FEWEST:
        return None
    most = max(1, len(rows) // 10)  # rows that have moved may be among these
    for at in reversed(range(1, width)):
        for pattern in _MARKED.values():
            left, own = (
                sum(bool(re.search(pattern, row[each])) for row in rows) for each in (at - 1, at)
            )
            if len(rows) - left <= most and own <= most:
                return Guard(position=at, pattern=pattern)
    return None
