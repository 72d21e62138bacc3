"""The files that are mutated: each is a grid of cells that can be written again."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from facilitator.adapters.reports import FileReading, read_tables
from facilitator.domain.kpis.facts import Marketplace

TESTS = Path(__file__).parents[1]
FOLDERS = (
    TESTS / "adapters" / "reports" / "files",
    TESTS / "cases" / "reports",
    TESTS.parent / "agendas" / "weekly" / "data",
)
"""Folders whose reports are seeds, with all folders in them."""
SHOPS = tuple(map(Marketplace, ("US", "UK", "DE", "JP", "CA")))
MOST_ROWS = 12
"""Rows that a seed keeps below its header: each is left out in turn to learn what it counts."""
FEWEST_ROWS = 4
"""Rows of shorter files are repeated to this number."""

_MARK = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"[-+]?\s*[^\w\s.,+-]{0,3}\s*\d[\d.,'\s]*\s*(%|€|[A-Z]{3})?")
_WHOLE = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d{1,9}(\.0)?")
_DAY = re.compile(
    r"\d{4}[-/.]\d\d?[-/.]\d\d?.*|\d\d?[-/.]\d\d?[-/.]\d{2,4}.*|[A-Z][a-z]{2} \d\d?, \d{4}"
)

_BLANK = ("", "None", "-", "--", "null", "N/A")
Rows = list[list[object]]


class Seed(Struct, frozen=True, kw_only=True):
    """A report as rows of cells, text or typed, and how its file writes them."""

    name: str
    suffix: str
    rows: tuple[tuple[object, ...], ...]
    header: int
    """The place of the header among the rows."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    @property
    def is_workbook(self) -> bool:
        """Whether it is written as a workbook."""
        return not self.delimiter

    def grid(self) -> Rows:
        """Return the rows, to be changed."""
        return [list(row) for row in self.rows]

    @property
    def data(self) -> range:
        """The places of the rows below the header."""
        return range(self.header + 1, len(self.rows))

    def column(self, at: int) -> list[str]:
        """Return the texts of a column below the header that are not blank."""
        cells = [str(self.rows[row][at]) for row in self.data if at < len(self.rows[row])]
        return [cell for cell in cells if cell.strip() not in _BLANK]

    def columns_of(self, sort: str) -> list[int]:
        """Return the places of columns that hold nothing but a `number`, a `day` or a `text`."""
        return [at for at in range(len(self.rows[self.header])) if _sort(self.column(at)) == sort]

    def is_valid(self, row: Sequence[object]) -> bool:
        """Return whether each cell of a row is of its column's sort, so that nobody can tell."""
        texts = [_plain(cell).strip() for cell in row]
        while self.is_workbook and texts and not texts[-1]:
            texts.pop()  # a workbook does not keep blank cells at the end
        width = len(self.rows[self.header])
        if len(texts) > width or (len(texts) < width and not self.is_workbook):
            return False
        return all(not text or _fits(text, self.column(at)) for at, text in enumerate(texts))

    def write(self, rows: Sequence[Sequence[object]]) -> bytes:
        """Return rows as the bytes of such a file."""
        return _book(self, rows) if self.is_workbook else _text(self, rows)


def read(content: bytes, suffix: str) -> tuple[FileReading, ...]:
    """Read a file of the shop US whose name gives a week."""
    with TemporaryDirectory(prefix="facilitator-fuzz-") as folder:
        path = Path(folder, f"US_AMAZON_2026-11-16_2026-11-22{suffix}")
        path.write_bytes(content)
        return read_tables(path, path.parent, SHOPS)


@cache
def seeds() -> dict[str, Path]:
    """Return the files of all seeds by name."""
    files = [file for folder in FOLDERS for file in sorted(folder.rglob("*")) if file.is_file()]
    reports = [file for file in files if file.suffix in (".csv", ".txt", ".tsv", ".xlsx")]
    return {file.relative_to(TESTS.parent).as_posix(): file for file in reports}


@cache
def load(name: str) -> Seed | None:
    """Return a seed; None for a file that is not read as a report with a header."""
    file = seeds()[name]
    reading = read(file.read_bytes(), file.suffix)[0]
    if reading.header_row is None:
        return None
    loaded = _load_book if file.suffix == ".xlsx" else _load_text
    return loaded(name, file, reading)


def _load_text(name: str, file: Path, reading: FileReading) -> Seed | None:
    content = file.read_bytes()
    encoding = "utf-8-sig" if content.startswith(_MARK) else reading.encoding
    delimiter = reading.delimiter
    rows = parse(content.decode(encoding), delimiter)
    return _cut(Seed(
        name=name, suffix=file.suffix, rows=tuple(map(tuple, rows)),
        header=(reading.header_row or 1) - 1, encoding=encoding, delimiter=delimiter,
    ))  # fmt: skip


def _load_book(name: str, file: Path, reading: FileReading) -> Seed | None:
    sheet = import_module("openpyxl").load_workbook(file)[reading.sheet]
    return _cut(Seed(
        name=name, suffix=file.suffix, rows=tuple(sheet.iter_rows(values_only=True)),
        header=(reading.header_row or 1) - 1, sheet=reading.sheet,
    ))  # fmt: skip


def _cut(seed: Seed) -> Seed | None:
    """Return a seed of some rows; None if they are not read as the file is."""
    head, data = seed.rows[: seed.header + 1], [row for row in seed.rows[seed.header + 1 :] if row]
    if not data:
        return None
    while len(data) < FEWEST_ROWS and not _has_total(seed.name):
        data += data
    return Seed(
        name=seed.name, suffix=seed.suffix, rows=(*head, *data[:MOST_ROWS]), header=seed.header,
        encoding=seed.encoding, delimiter=seed.delimiter, sheet=seed.sheet,
    )  # fmt: skip


def _text(seed: Seed, rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    if seed.delimiter == "\t":
        text.writelines("\t".join(map(_plain, row)) + "\r\n" for row in rows)
    else:
        csv.writer(text, delimiter=seed.delimiter).writerows(map(_plain, row) for row in rows)
    return text.getvalue().encode(seed.encoding, "replace")


def _plain(cell: object) -> str:
    return "" if cell is None else str(cell)


def _book(seed: Seed, rows: Sequence[Sequence[object]]) -> bytes:
    book = import_module("openpyxl").Workbook()
    sheet = book.active
    sheet.title = seed.sheet
    for at, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            if cell is not None:
                sheet.cell(at, place, _storable(cell))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _storable(cell: object) -> object:
    """Return a cell without the signs that a workbook cannot hold."""
    if isinstance(cell, str):
        return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\N{REPLACEMENT CHARACTER}", cell)[:32_000]
    return cell


def parse(text: str, delimiter: str) -> Rows:
    """Return the cells of a text; in files of tabs, quotes are ordinary signs."""
    lines = io.StringIO(text, newline="")
    if delimiter == "\t":
        return [list(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return [list(row) for row in csv.reader(lines, delimiter=delimiter)]


def _sort(cells: Sequence[str]) -> str:
    if not cells:
        return "blank"
    if all(_DAY.fullmatch(cell) for cell in cells):
        return "day"
    return "number" if all(_NUMBER.fullmatch(cell) for cell in cells) else "text"


def _fits(text: str, cells: Sequence[str]) -> bool:
    """Return whether a cell might stand in a column with these cells."""
    sort = _sort(cells)
    if sort == "number" and all(_WHOLE.fullmatch(cell) for cell in cells):
        return _WHOLE.fullmatch(text) is not None
    is_currency = all(len(cell) == 3 and cell.isupper() for cell in cells)
    if sort == "text":
        return text in cells or not is_currency
    return sort == "blank" or _sort([text]) == sort


def _has_total(name: str) -> bool:
    """Return whether a seed has a row of totals, which is none if other rows are changed."""
    return "/total-" in name


def usable() -> Iterator[str]:
    """Yield the names of seeds that can be mutated."""
    return (name for name in seeds() if load(name) is not None and not _has_total(name))
