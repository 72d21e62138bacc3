"""Find the rows of a text file that have more or fewer cells than its header.

The library that reads fills short rows up with blank cells and cuts long ones off, so that a row
that lost a cell, or has one too many, cannot be told from others by its columns.
"""

import csv
from pathlib import Path

from facilitator.adapters.reports.sniff import Fingerprint, Layout, quoting

_QUOTED = '"[^"]*"'


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
    lines = pl.scan_csv(
        path,
        has_header=False,
        separator="\x1f",
        quote_char=None,
        skip_rows=layout.header_row + 1,
        schema={"line": pl.String()},
        row_index_name="row",
        row_index_offset=layout.header_row + 2,
        truncate_ragged_lines=True,
        extra_columns="ignore",
        empty_string_is_null=False,
        encoding="utf8-lossy",
        glob=False,
    )
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
