"""Find the rows of a text file whose cells stand in the columns of others.

A number with a thousands separator that is not quoted makes two cells of one, so the row has one
too many. The library that reads cuts it off, or fills a row up that lost one: so widths are
counted apart. But if the last cell of such a row is blank, it has as many cells as the header.
Then a day, a percent or an amount with a money sign shows it where it stands in the column to the
right of its own, if that one holds other cells in all other rows. So does a row that alone fills a
column at the end, with two cells that can be the halves of one number.
"""

import csv
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.sniff import Fingerprint, Layout, quoting

if TYPE_CHECKING:
    import polars as pl

_QUOTED = '"[^"]*"'
_MARKED = {
    "day": r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$",
    "percent": r"^\s*-?\d[\d.,]*\s?%\s*$",
    "money": r"^\s*-?[$€£¥￥₹]\s?-?\d[\d.,]*\s*$|^\s*-?\d[\d.,]*\s?[€£]\s*$",
}
_FORMS = (*_MARKED.values(), r"^\s*-?\d+\s*$", r"^\s*-?\d+\.\d+\s*$")
_FIRST_HALF = r"^\s*-?[$€£¥￥₹]?\s?-?[1-9]\d{0,2}$"
_SECOND_HALF = r"^\d{3}(?:\.\d+)?\s?[€£]?\s*$"
_FEWEST = 3
"""So many rows are needed to know what a column holds."""


def odd_rows(path: Path, layout: Layout, width: int, seen: Fingerprint) -> tuple[int, ...]:
    """Return the numbers of the rows that have another number of cells than `width`.

    `path` is a copy of the file in UTF-8, `seen` its fingerprint. Nothing is odd where such rows
    are usual: where they are more than two and more than a tenth of all.
    """
    if _has_even_rows(path, layout, width, seen):
        return ()
    found = _counted(path, layout, width)
    odd, rows = _split(path, layout, width) if found is None else found
    return tuple(odd) if len(odd) <= max(2, rows // 10) else ()


def _has_even_rows(path: Path, layout: Layout, width: int, seen: Fingerprint) -> bool:
    """Return whether the file has as many delimiters as rows of this width."""
    if seen.delimiter != layout.delimiter:
        return False
    with path.open("rb") as file:
        above = [file.readline() for _ in range(layout.header_row + 1)]
    rows = seen.lines - len(above)
    delimiters = sum(line.count(layout.delimiter.encode()) for line in above)
    return seen.delimiters - delimiters == rows * (width - 1)


def _counted(path: Path, layout: Layout, width: int) -> tuple[list[int], int] | None:
    """Return the odd rows and the number of rows; None if a cell goes on in the next line."""
    import polars as pl

    line = pl.col("line")
    plain = line if layout.delimiter == "\t" else line.str.replace_all(_QUOTED, "")
    cells = plain.str.count_matches(layout.delimiter, literal=True) + 1
    is_open = (
        pl.lit(value=False) if layout.delimiter == "\t" else plain.str.contains('"', literal=True)
    )
    lines = layout.scan(path, ["line"], by_line=True)
    looked_at = lines.select("row", (cells != width).alias("odd"), is_open.alias("open"), "line")
    found = (
        looked_at.select(
            pl.col("row").filter(pl.col("odd") & (line.str.strip_chars() != "")).implode(),
            pl.len().alias("rows"),
            pl.col("open").any(),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    return None if found["open"] else (list(found["row"]), int(found["rows"]))


def _split(path: Path, layout: Layout, width: int) -> tuple[list[int], int]:
    """Return the odd rows and the number of rows, as the csv module splits them."""
    odd: list[int] = []
    rows = 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        csv.field_size_limit(max(csv.field_size_limit(), layout.size + 1))
        split = csv.reader(text, delimiter=layout.delimiter, quoting=quoting(layout.delimiter))
        for at, row in enumerate(split):
            if at > layout.header_row and any(row):
                rows += 1
                if len(row) != width:
                    odd.append(at + 1)
    return odd, rows


class Guard(Struct, frozen=True, kw_only=True):
    """A column in which a cell of the column to its left shows that a row has moved."""

    position: int
    pattern: str
    """What cells of the column to its left look like."""

    def is_moved(self, column: "pl.Expr") -> "pl.Expr":
        """Return for each cell of the column whether it is one of the column to its left."""
        return column.str.contains(self.pattern)


class Tail(Struct, frozen=True, kw_only=True):
    """Columns at the end that nearly all rows leave blank."""

    position: int
    """The first of them."""
    pattern: str
    """What cells of the column to its left look like."""

    def is_moved(self, cells: "Sequence[pl.Expr]") -> "pl.Expr":
        """Return whether a row has a cell too many up to here; `cells` are all of its cells."""
        import polars as pl

        halves = (
            first.str.contains(_FIRST_HALF) & second.str.contains(_SECOND_HALF)
            for first, second in pairwise(cells[: self.position + 1])
        )
        return cells[self.position].str.contains(self.pattern) & pl.any_horizontal(halves)


def tail_of(below: Sequence[Sequence[str]], width: int) -> Tail | None:
    """Return the columns at the end that nearly all rows leave blank; None if none are.

    `below` are the first rows below a header of `width` cells.
    """
    rows = [row for row in below if len(row) == width]
    if len(rows) < _FEWEST:
        return None
    fewest = len(rows) - max(1, len(rows) // 10)  # rows that have moved may be among these
    at = width
    while at > 1 and sum(not row[at - 1].strip() for row in rows) >= fewest:
        at -= 1
    if at == width:
        return None
    for pattern in _FORMS:
        if sum(bool(re.search(pattern, row[at - 1])) for row in rows) >= fewest:
            return Tail(position=at, pattern=pattern)
    return None


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
