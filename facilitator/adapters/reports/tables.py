"""The rows of a report, in pieces: only the columns in use, each distinct cell once.

A column of a piece is its distinct cells and, for each row, which of them it holds. So a money
text that stands in 10 000 rows is read once, and a million rows stay small.
"""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.kinds import COUNT, known
from facilitator.adapters.reports.opening import Layout, UnreadableError, quoting, unreadable
from facilitator.adapters.reports.workbooks import workbook_rows
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    import numpy as np
    from _typeshed import WriteableBuffer
    from numpy.typing import NDArray

PIECE = 1 << 15
"""Rows read at a time."""

BEYOND = "beyond"
"""The column after the header's last: what stands there shows a row that is out of step."""
FIRST = "first"
"""The file's first column, where a summary row says so."""

_BLOCK = 1 << 18

BytesCall = Callable[[int], None]
"""Told how far into a file the reading has come."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column of a piece."""

    distinct: Sequence[object]
    codes: "NDArray[np.intp]"
    """For each row, the place of its cell in `distinct`."""
    numbers: "NDArray[np.generic] | None" = None
    """The cells themselves, where pandas has read them as plain numbers."""

    @property
    def is_fractional(self) -> bool:
        """Whether pandas took the column for other numbers than whole ones."""
        return self.numbers is not None and self.numbers.dtype.kind not in "iu"

    def where(self, holds: Callable[[object], bool]) -> "NDArray[np.bool_]":
        """The rows whose cell `holds` is true of."""
        import numpy as np

        marks = np.fromiter(map(holds, self.distinct), bool, len(self.distinct))
        return marks[self.codes]

    def at(self, row: int) -> object:
        """The cell of a row."""
        return self.distinct[self.codes[row]]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some rows of a report."""

    rows: "NDArray[np.intp]"
    """Their numbers, as a person counts the rows of the file: from 1."""
    columns: Mapping[str, Cells]

    def __len__(self) -> int:
        return len(self.rows)

    def picked(self, rows: "NDArray[np.bool_]") -> "Piece":
        """The same piece with some of its rows."""
        if rows.all():
            return self
        columns = {
            name: replace(each, codes=each.codes[rows]) for name, each in self.columns.items()
        }
        return Piece(self.rows[rows], columns)


def used_positions(match: HeaderMatch) -> dict[str, int]:
    """Name → position of every column that is read: where a row is booked, and its figures."""
    read = {*DAY_COLUMNS, *known().numbers, "marketplace", "currency", match.kind.measure_column}
    positions = {each.name: each.position for each in match.columns if each.name in read}
    return {**positions, FIRST: 0, BEYOND: match.width}


def read_pieces(
    path: Path,
    layout: Layout,
    columns: Mapping[str, int],
    *,
    size: int,
    told: BytesCall,
    counts_are_text: bool,
) -> Iterator[Piece]:
    """Read a report's rows below its header, `size` rows at a time.

    Counts are left to pandas, which is fast with plain digits, unless `counts_are_text`.
    """
    if layout.sheet:
        yield from _workbook_pieces(path, layout, columns, size)
        told(layout.size)
    else:
        plain = (
            ()
            if counts_are_text
            else [
                position for name, position in columns.items() if known().numbers.get(name) == COUNT
            ]
        )
        yield from _text_pieces(path, layout, columns, plain, size, told)


def _workbook_pieces(
    path: Path, layout: Layout, columns: Mapping[str, int], size: int
) -> Iterator[Piece]:
    import numpy as np
    import pandas as pd

    rows = workbook_rows(path, layout.sheet)
    first = layout.header_row + 2
    rows = islice(rows, layout.header_row + 1, None)
    while block := list(islice(rows, size)):
        held = {
            name: [row[position] if position < len(row) else "" for row in block]
            for name, position in columns.items()
        }
        frame = pd.DataFrame(held, dtype=object)
        columns_held = {name: _factorised(frame[name].to_numpy()) for name in held}
        yield Piece(np.arange(first, first + len(block)), columns_held)
        first += len(block)


def _text_pieces(
    path: Path,
    layout: Layout,
    columns: Mapping[str, int],
    plain: Collection[int],
    size: int,
    told: BytesCall,
) -> Iterator[Piece]:
    import numpy as np
    import pandas as pd

    positions = sorted(set(columns.values()))
    first = layout.header_row + 2
    try:
        with _text(path, layout, told) as text:
            frames = pd.read_csv(
                text,
                sep=layout.delimiter,
                header=None,
                names=range(columns[BEYOND] + 1),
                usecols=positions,
                skiprows=list(range(1, layout.header_row + 2)),
                dtype={position: object for position in positions if position not in plain},
                na_filter=False,
                quoting=quoting(layout.delimiter),
                skip_blank_lines=False,
                chunksize=size,
                engine="c",
                low_memory=False,
            )
            for turn, frame in enumerate(frames):
                rows = frame if turn else frame.iloc[1:]
                if len(rows):
                    held = {each: _factorised(rows[each].to_numpy()) for each in positions}
                    numbers = np.arange(first, first + len(rows))
                    yield Piece(numbers, {name: held[at] for name, at in columns.items()})
                first += len(rows)
    except OSError as error:
        raise unreadable(error) from error
    except pd.errors.ParserError as error:
        raise UnreadableError(
            N_("The file cannot be split into rows: a quote may be left open. Download it again.")
        ) from error


def _factorised(cells: Any) -> Cells:
    import numpy as np
    import pandas as pd

    if cells.dtype != object:
        return Cells(cells, np.arange(len(cells)), cells)
    codes, distinct = pd.factorize(cells)
    return Cells(distinct.tolist(), codes)


def _text(path: Path, layout: Layout, told: BytesCall) -> "_LedText":
    """The file as text, behind a line of zeros.

    That line makes pandas expect a cell more than the header has: it would cut longer
    rows off in silence.
    """
    raw = io.BufferedReader(_Window(path, layout.size, told), _BLOCK)
    text = io.TextIOWrapper(raw, encoding=layout.encoding, errors="replace", newline="")
    width = layout.match.width if layout.match else 0
    return _LedText(layout.delimiter.join("0" * (width + 1)) + "\n", text)


class _LedText(io.TextIOBase):
    """A text with a first line of our own."""

    def __init__(self, lead: str, text: io.TextIOWrapper) -> None:
        self._lead = lead
        self._text = text

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        lead, self._lead = self._lead, ""
        return lead or self._text.read(size)

    def close(self) -> None:
        self._text.close()
        super().close()


class _Window(io.RawIOBase):
    """A file up to a given size, though it may grow: its reader is told how far it has come."""

    def __init__(self, path: Path, size: int, told: BytesCall) -> None:
        self._file = path.open("rb", buffering=0)
        self._left = size
        self._done = 0
        self._told = told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)[: self._left]
        count = self._file.readinto(view) or 0
        self._left -= count
        self._done += count
        self._told(self._done)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
