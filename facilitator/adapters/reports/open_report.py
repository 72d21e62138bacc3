"""Open a report file: unpack it, detect its type, and sum its rows."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.aggregate import ROWS, Sums, day_columns, sum_rows
from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.containers import PlainFile, plain_file, utf8_file
from facilitator.adapters.reports.filename_metadata import FileMetadata, gather_metadata
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.locate import (
    CHECK,
    FIRST_DAY,
    LAST_DAY,
    Located,
    locate,
    with_place_of_money,
)
from facilitator.adapters.reports.open_quotes import check_quotes, not_splittable, rewrite
from facilitator.adapters.reports.read import (
    ROW,
    TYPED,
    Table,
    read_table,
)
from facilitator.adapters.reports.report_facts import facts_of, name_measures
from facilitator.adapters.reports.report_types import MONEY, ReportType, ReportTypes
from facilitator.adapters.reports.sniff import (
    Fingerprint,
    Layout,
    UnreadableError,
    check_weight,
    fingerprint,
    sniff_text,
)
from facilitator.adapters.reports.time_units import TimeUnit, last_day_of, time_unit
from facilitator.adapters.reports.unsupported_files import UnsupportedFile, check_supported
from facilitator.adapters.reports.workbooks import percent_rows, sniff_workbook
from facilitator.domain.errors import N_, Message
from facilitator.domain.kpis.facts import Fact, Marketplace

if TYPE_CHECKING:
    import polars as pl


class ReadingContext(Struct, frozen=True, kw_only=True):
    """What the reading of a file depends on, beside the file."""

    root: Path
    """The data folder."""
    marketplaces: tuple[Marketplace, ...] = ()
    """Those of the agenda."""
    known: ReportTypes
    is_bounded: bool = False
    """Whether files are read within limits, or were: else heavy ones raise `HeavyFileError`."""


class OpenReport(Struct, frozen=True, eq=False, kw_only=True):
    """A report whose rows can be summed, as long as its file is open."""

    name: str
    """As people see it: the path in the data folder, and the sheet if there are several."""
    layout: Layout
    match: HeaderMatch
    metadata: FileMetadata
    table: Table
    sums: Sums
    located: Located
    unit: TimeUnit
    notes: tuple[Message, ...] = ()
    """What is to be said of the file that it was packed in."""

    @property
    def kind(self) -> ReportType:
        """Its type."""
        return self.match.kind

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The sums of the rows that are counted."""
        return facts_of(self.sums, self.located, self.kind, self.metadata, self.name)


class NotRead(Struct, frozen=True, kw_only=True):
    """A file that holds no report that can be read, and why."""

    said: Message
    hint: Message | None = None
    layout: Layout | None = None


def name_of(path: Path, root: Path) -> str:
    """Return a file's name as people see it: its path in the data folder."""
    inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return printable(inside)


@contextmanager
def opened(
    path: Path,
    context: ReadingContext,
    seen: Fingerprint | None = None,
    *,
    part: str = "",
    duplicates: "pl.Series | None" = None,
) -> Iterator[OpenReport | NotRead]:
    """Open a report and sum its rows; raises `UnreadableError`, `HeavyFileError` or `OSError`.

    `part` is the sheet, where the file holds several reports; `duplicates` are numbers of rows
    that are not to be counted.
    """
    with tempfile.TemporaryDirectory(prefix="facilitator-", ignore_cleanup_errors=True) as scratch:
        found = seen or fingerprint(path)
        if not found.size:
            raise UnreadableError(N_("The file is empty. Download it again."))
        plain = plain_file(path, found, Path(scratch), is_bounded=context.is_bounded)
        layout = (
            sniff_workbook(
                plain.path, plain.seen.size, context.known, part, is_bounded=context.is_bounded
            )
            if plain.seen.is_workbook
            else sniff_text(plain.seen, context.known)
        )
        layout = replace(layout, is_bounded=context.is_bounded)
        supported = check_supported(layout)
        if isinstance(supported, UnsupportedFile):
            yield NotRead(said=supported.said, hint=supported.hint, layout=layout)
            return
        if layout.rows is None:
            check_weight(layout, plain.seen)
        opener = _opener(path, context, plain, layout, supported, Path(scratch), part=part)
        opener = replace(opener, duplicates=duplicates)
        from polars.exceptions import PolarsError

        try:
            yield replace(opener.open(Path(scratch)), notes=plain.notes)
        except PolarsError as error:
            raise UnreadableError(
                N_("The file changed while it was being read. Read the reports again.")
            ) from error


def _opener(
    path: Path,
    context: ReadingContext,
    plain: PlainFile,
    layout: Layout,
    match: HeaderMatch,
    scratch: Path,
    *,
    part: str,
) -> "_Opener":
    name = name_of(path, context.root)
    if part or layout.beside:
        name = f"{name} › {printable(layout.sheet).replace('/', ' ')}"
    text = plain.path if layout.rows else utf8_file(plain.path, layout, scratch)
    vat = context.known.vat_in_total_cost
    return _Opener(
        name=name,
        text=text,
        seen=plain.seen if text == plain.path else fingerprint(text),
        layout=layout,
        match=match,
        metadata=gather_metadata(path, context.root, context.marketplaces, layout, match, vat),
        wanted=context.marketplaces,
    )


class _Opener(Struct, frozen=True, eq=False, kw_only=True):
    """Sums the rows of a report that is known."""

    name: str
    text: Path
    """The file of plain text, or the workbook, with its rows."""
    seen: Fingerprint
    layout: Layout
    match: HeaderMatch
    metadata: FileMetadata
    wanted: tuple[Marketplace, ...]
    duplicates: "pl.Series | None" = None

    def open(self, scratch: Path) -> OpenReport:
        """Return the report with its sums."""
        from polars.exceptions import ComputeError

        try:
            return self._summed(self.text)
        except ComputeError:
            check_quotes(self.text, self.layout, self.match)
        try:
            return self._summed(rewrite(self.text, self.layout, scratch))
        except ComputeError as error:
            raise not_splittable() from error

    def _summed(self, text: Path) -> OpenReport:
        layout, match = self.layout, self.match
        table = _with_percents(read_table(text, layout, match, self.seen), text, layout, match)
        sums = sum_rows(
            table,
            match.kind,
            match.dimensions,
            sample=_money_sample(layout, match),
            delimiter=layout.delimiter,
            duplicates=self.duplicates,
            is_bounded=layout.is_bounded,
        )
        if self.seen.quotes and layout.rows is None and layout.delimiter != "\t":
            rows = int(sums.groups[ROWS].sum()) + layout.header_row + 1
            if self.seen.lines > rows or self.seen.quotes % 2:
                check_quotes(self.text, layout, match)
        metadata = with_place_of_money(self.metadata, sums, self.wanted)
        located = locate(sums, match.kind, metadata, self.wanted)
        sums, located = name_measures(sums, located, match.kind)
        unit = self._unit(sums, located, metadata)
        return OpenReport(
            name=self.name,
            layout=layout,
            match=match,
            metadata=metadata,
            table=table,
            sums=sums,
            located=_with_unit(located, unit),
            unit=unit,
        )

    def _unit(self, sums: Sums, located: Located, metadata: FileMetadata) -> TimeUnit:
        import polars as pl

        if not self.match.kind.is_daily or day_columns(sums.keys) != ("day",):
            return TimeUnit.DAY
        counted = located.groups.filter(pl.col(CHECK).is_null())
        return time_unit(counted[FIRST_DAY].to_list(), metadata.named_window)


def _with_unit(located: Located, unit: TimeUnit) -> Located:
    """Return the groups with the last day of the period that each date stands for."""
    import polars as pl

    if unit not in (TimeUnit.WEEK, TimeUnit.MONTH):
        return located
    last = [each and last_day_of(each, unit) for each in located.groups[FIRST_DAY].to_list()]
    return replace(
        located, groups=located.groups.with_columns(pl.Series(LAST_DAY, last, dtype=pl.Date))
    )


def _money_sample(layout: Layout, match: HeaderMatch) -> list[str]:
    moneys = [each.position for each in match.columns if match.kind.numbers.get(each.name) == MONEY]
    return [row[at] for row in layout.below for at in moneys if at < len(row)]


def _with_percents(table: Table, path: Path, layout: Layout, match: HeaderMatch) -> Table:
    """Return the table with the percents of a workbook kept by hand as people see them."""
    import polars as pl

    if not match.kind.measure_column or not table.typed:
        return table
    columns = [each for each in match.columns if each.name in match.kind.measures]
    frame = table.frame
    for each in columns:
        rows = list(percent_rows(path, layout.sheet, each.position))
        cell = pl.col(each.name + TYPED)
        shown = pl.when(pl.col(ROW).is_in(rows)).then(cell * 100).otherwise(cell)
        frame = frame.with_columns(shown.alias(each.name + TYPED))
    return replace(table, frame=frame)
