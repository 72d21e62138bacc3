"""Read the rows of a text file in blocks, cut at line ends, that pandas parses in parallel.

Whether a line end stands inside quotes is known only when the text above it is parsed. So the
parser proves each cut: a block that ends inside quotes cannot be parsed, and then the rest of the
file is read in one go from where that block begins.
"""

import codecs
import io
import os
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Executor, Future
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from facilitator.adapters.reports.open_quotes import rows_in_a_cell
from facilitator.adapters.reports.sniff import (
    HEAD,
    Layout,
    UnreadableError,
    quoting,
    split_first_rows,
)
from facilitator.adapters.reports.streams import LedText, Window, lines_of
from facilitator.adapters.reports.tables import BEYOND, BytesCall, Cells, Chunk
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    import pandas as pd

BLOCK = 1 << 22
"""Bytes that are parsed at a time."""

HANDS = min(3, os.cpu_count() or 1)
"""Blocks that are parsed in parallel: more would take too much memory."""
_ROWS = 1 << 15
"""Rows read at a time if the file cannot be cut."""
_BUFFER = 1 << 18
_LEAD = "-"
"""The first cell of every column of text, removed after parsing.

It is not a number, so pandas does not convert the column and change how its cells are written.
"""

_Columns = dict[int, Cells]
"""By their position."""
_Part = tuple[_Columns, int, int, int]
"""Columns, how many rows they have and how many lines, and how far into the file they go."""


class Effort(Struct, frozen=True, kw_only=True):
    """How a file is read."""

    told: BytesCall = lambda done: None
    block: int = BLOCK
    hands: Executor | None = None
    """Threads that parse blocks ahead; None to parse each block when it is needed."""


def text_chunks(
    path: Path,
    layout: Layout,
    columns: Mapping[str, int],
    plain: Collection[int],
    effort: Effort,
) -> Iterator[Chunk]:
    """Read the rows below the header, block by block.

    `plain` are the positions of columns that may be left to pandas, which is fast with digits.
    """
    import numpy as np
    import pandas as pd

    parser = _Parser(path, layout, sorted(set(columns.values())), plain, columns[BEYOND] + 1)
    first = layout.header_row + 2
    further = 0
    try:
        for held, count, lines, done in _parts(parser, effort):
            if count:
                rows = np.arange(first, first + count)
                yield Chunk(rows, {name: held[at] for name, at in columns.items()})
            first += count
            if further <= 0 < further + lines - count:
                _check_quotes(path, layout)
            further += lines - count
            effort.told(done)
    except pd.errors.ParserError as error:
        _check_quotes(path, layout)
        raise UnreadableError(
            N_(
                "The file cannot be split into rows. A quotation mark may not be closed. Download "
                "it again."
            )
        ) from error


def _check_quotes(path: Path, layout: Layout) -> None:
    """If cells have several lines, check that none of these lines is a row."""
    if layout.match is None or layout.delimiter == "\t":
        return
    with path.open(encoding=layout.encoding, errors="replace") as text:
        found = rows_in_a_cell(text, layout.delimiter, layout.match)
    if found:
        raise UnreadableError(
            N_(
                "A quotation mark in line {line} is not closed, so line {row} and others would "
                "not be counted. Download the file again, or close the quotation mark."
            ),
            line=found[0],
            row=found[1],
        )


def _parts(parser: "_Parser", effort: Effort) -> Iterator[_Part]:
    """Yield the parsed blocks in order; what cannot be cut is parsed as one."""
    done = parser.below_header()
    ahead: deque[Future[_Part]] = deque()
    try:
        for cut in parser.cuts(done, effort.block):
            if effort.hands:
                ahead.append(effort.hands.submit(parser.block, *cut))
            if not effort.hands or len(ahead) > HANDS:
                part = ahead.popleft().result() if ahead else parser.block(*cut)
                yield part
                done = part[-1]
        while ahead:
            part = ahead.popleft().result()
            yield part
            done = part[-1]
        return
    except _UncutError:
        pass
    finally:
        for each in ahead:
            each.cancel()
    yield from parser.rest(done)


class _UncutError(Exception):
    """The file cannot be cut where a block should end."""


class _Parser:
    """Parses parts of a file."""

    def __init__(
        self, path: Path, layout: Layout, used: list[int], plain: Collection[int], width: int
    ) -> None:
        self._path = path
        self._layout = layout
        self._used = used
        self._plain = plain
        self._width = width

    def below_header(self) -> int:
        """Return the offset of the first row; 0 in UTF-16, which is not cut at bytes."""
        if self._layout.encoding == "utf-16":
            return 0
        place = len(codecs.BOM_UTF8) if self._layout.encoding == "utf-8-sig" else 0
        with self._path.open("rb") as file:
            file.seek(place)
            head = file.read(HEAD).decode("latin-1")  # a sign for each byte

        def lines() -> Iterator[str]:
            nonlocal place
            for line in io.StringIO(head, newline=""):
                place += len(line)
                yield line

        rows = split_first_rows(lines(), self._layout.delimiter)
        for _ in islice(rows, self._layout.header_row + 1):
            pass
        return place

    def cuts(self, start: int, block: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of each block; equal if no cut is possible."""
        size = self._layout.size
        with self._path.open("rb") as file:
            while start < size:
                stop = start + block
                if stop >= size:
                    stop = size
                elif self._layout.encoding == "utf-16":
                    stop = start
                else:
                    file.seek(stop)
                    line = file.readline(block)
                    stop = min(stop + len(line), size) if line.endswith(b"\n") else start
                yield start, stop
                if stop == start:
                    return
                start = stop

    def block(self, start: int, stop: int) -> _Part:
        """Parse a block; raises `_UncutError` if it ends inside quotes."""
        import pandas as pd

        if stop == start:
            raise _UncutError
        with self._path.open("rb") as file:
            file.seek(start)
            raw = file.read(stop - start)
        try:
            with self._led(io.BytesIO(raw)) as text:
                frame = self._parsed(text, start, "category")
        except pd.errors.ParserError as error:
            raise _UncutError from error
        return self._held(frame.iloc[1:]), len(frame) - 1, lines_of(raw), stop

    def rest(self, start: int) -> Iterator[_Part]:
        """Parse everything from an offset, some rows at a time."""
        raw = Window(self._path, start, self._layout.size)
        with (
            self._led(io.BufferedReader(raw, _BUFFER)) as text,
            self._parsed(text, start, object, _ROWS) as frames,
        ):
            for turn, frame in enumerate(frames):
                rows = frame if turn else frame.iloc[1:]
                yield self._held(rows), len(rows), 0, raw.at
            yield {}, 0, raw.lines - (0 if start else self._layout.header_row + 1), raw.at

    def _parsed(self, text: "LedText", start: int, dtype: Any, rows: int | None = None) -> Any:
        import pandas as pd

        header_rows = 0 if start else self._layout.header_row + 1
        return pd.read_csv(
            text,
            sep=self._layout.delimiter,
            header=None,
            names=range(self._width),
            usecols=self._used,
            skiprows=list(range(1, header_rows + 1)),
            dtype={each: dtype for each in self._used if each not in self._plain},
            na_filter=False,
            quoting=quoting(self._layout.delimiter),
            skip_blank_lines=False,
            chunksize=rows,
            engine="c",
            low_memory=False,
        )

    def _led(self, raw: BinaryIO) -> "LedText":
        """Return the text with a line put before it.

        That line makes pandas expect one cell more than the header has; otherwise it would cut off
        longer rows without a warning.
        """
        cells = ("0" if each in self._plain else _LEAD for each in range(self._width))
        text = io.TextIOWrapper(raw, self._layout.encoding, errors="replace", newline="")
        return LedText(self._layout.delimiter.join(cells) + "\n", text)

    def _held(self, frame: "pd.DataFrame") -> _Columns:
        return {each: _cells(frame[each]) for each in self._used}


def _cells(column: "pd.Series[Any]") -> Cells:
    import numpy as np
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return Cells(column.cat.categories.tolist(), column.cat.codes.to_numpy())
    cells: Any = column.to_numpy()
    if cells.dtype != object:
        return Cells(cells, np.arange(len(cells)), cells)
    codes, distinct = pd.factorize(cells)
    return Cells(distinct.tolist(), codes)
