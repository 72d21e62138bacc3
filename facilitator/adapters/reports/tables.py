"""The rows of a report, in pieces: only the columns in use, each distinct cell once.

A column of a piece is its distinct cells and, for each row, which of them it holds. So a money
text that stands in 10 000 rows is read once, and a million rows stay small.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.ad_products import AD_PRODUCT_COLUMN
from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.number_parsing import TOO_LARGE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEYOND = "beyond"
"""The column after the header's last: what stands there shows a row that is out of step."""
FIRST = "first"
"""The file's first column, where a summary row says so."""

BytesCall = Callable[[int], None]
"""Told how far into a file the reading has come."""


class Cells(Struct, frozen=True, eq=False):
    """A column of a piece."""

    distinct: Sequence[object]
    codes: "NDArray[np.integer]"
    """For each row, the place of its cell in `distinct`."""
    numbers: "NDArray[np.generic] | None" = None
    """The cells themselves, where pandas has read them as plain numbers."""

    @property
    def is_odd(self) -> bool:
        """Whether pandas took the column for other numbers than counts are."""
        if self.numbers is None:
            return False
        least, most = self.numbers.min(initial=0), self.numbers.max(initial=0)
        return self.numbers.dtype.kind not in "iu" or least <= -TOO_LARGE or most >= TOO_LARGE

    def where(self, holds: Callable[[object], bool]) -> "NDArray[np.bool_]":
        """The rows whose cell `holds` is true of."""
        import numpy as np

        marks = np.fromiter(map(holds, self.distinct), bool, len(self.distinct))
        return np.take(marks, self.codes)

    def at(self, row: int) -> object:
        """The cell of a row."""
        return self.distinct[self.codes[row]]


class Chunk(Struct, frozen=True, eq=False):
    """Some rows of a report."""

    rows: "NDArray[np.intp]"
    """Their numbers, as a person counts the rows of the file: from 1."""
    columns: Mapping[str, Cells]

    def __len__(self) -> int:
        return len(self.rows)

    def picked(self, rows: "NDArray[np.bool_]") -> "Chunk":
        """The same piece with some of its rows."""
        if rows.all():
            return self
        columns = {
            name: replace(each, codes=each.codes[rows]) for name, each in self.columns.items()
        }
        return Chunk(self.rows[rows], columns)


def used_positions(match: HeaderMatch, also: Collection[str] = ()) -> dict[str, int]:
    """Name → position of every column that is read: where a row is booked, and its figures.

    `also` are further columns that somebody looks at.
    """
    kind = match.kind
    read = {
        *DAY_COLUMNS,
        *kind.numbers,
        "marketplace",
        "currency",
        AD_PRODUCT_COLUMN,
        *kind.worded,
        *also,
    }
    if not any(match.column(name) for name in DAY_COLUMNS):
        read |= set(kind.required)  # by which a summary row is told, as it is by its day elsewhere
    positions = {each.name: each.position for each in match.columns if each.name in read}
    return {**positions, FIRST: 0, BEYOND: match.width}
