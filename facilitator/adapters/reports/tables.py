"""Chunks of a report's rows: only the columns in use, each distinct cell once.

A column of a chunk is its distinct cells and, for each row, the index of its cell. So a text that
stands in 10 000 rows is parsed once, and a million rows stay small.
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
"""The column after the header's last: a cell there means that the row is shifted."""
FIRST = "first"
"""The file's first column, in which summary rows are marked."""

BytesCall = Callable[[int], None]
"""Called with the number of bytes read so far."""


class Cells(Struct, frozen=True, eq=False):
    """A column of a chunk."""

    distinct: Sequence[object]
    codes: "NDArray[np.integer]"
    """For each row, the index of its cell in `distinct`."""
    numbers: "NDArray[np.generic] | None" = None
    """The distinct cells as numbers, if pandas has parsed them."""

    @property
    def is_odd(self) -> bool:
        """Whether pandas parsed numbers that cannot be counts."""
        if self.numbers is None:
            return False
        least, most = self.numbers.min(initial=0), self.numbers.max(initial=0)
        return self.numbers.dtype.kind not in "iu" or least <= -TOO_LARGE or most >= TOO_LARGE

    def where(self, holds: Callable[[object], bool]) -> "NDArray[np.bool_]":
        """Return a mask of the rows for whose cell `holds` returns true."""
        import numpy as np

        marks = np.fromiter(map(holds, self.distinct), bool, len(self.distinct))
        return np.take(marks, self.codes)

    def at(self, row: int) -> object:
        """Return the cell of a row."""
        return self.distinct[self.codes[row]]


class Chunk(Struct, frozen=True, eq=False):
    """Some rows of a report."""

    rows: "NDArray[np.intp]"
    """Their row numbers in the file, from 1."""
    columns: Mapping[str, Cells]

    def __len__(self) -> int:
        return len(self.rows)

    def picked(self, rows: "NDArray[np.bool_]") -> "Chunk":
        """Return a chunk of some of its rows."""
        if rows.all():
            return self
        columns = {
            name: replace(each, codes=each.codes[rows]) for name, each in self.columns.items()
        }
        return Chunk(self.rows[rows], columns)


def used_positions(match: HeaderMatch, also: Collection[str] = ()) -> dict[str, int]:
    """Return the positions of all columns that are read, by canonical name.

    `also` are further columns to read.
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
