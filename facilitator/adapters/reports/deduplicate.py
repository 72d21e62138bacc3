"""Count each row once if several reports of a type overlap; the newest one counts.

A row is identified by its day, its marketplace and what it is about: campaign, search term,
product… Its figures may have been restated since, so they are not compared, with one exception:
the console writes some rows as two, one with the traffic and one with the sales, and a report
may be cut in two between them. So two rows are the same only if they share a figure.

Identities are compared as hashes of 64 bits: a report may have a million rows, and their texts
would take more memory than all the rest.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from facilitator.adapters.reports.ad_products import AD_PRODUCT_COLUMN, find_product
from facilitator.adapters.reports.cells import plain_text
from facilitator.adapters.reports.report_types import ReportType
from facilitator.adapters.reports.tables import Cells
from facilitator.adapters.reports.validate import RowValidator
from facilitator.domain.kpis.facts import Marketplace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Codes = NDArray[np.int64]
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from facilitator.adapters.reports.ad_products import UNSPECIFIED
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.domain.asin import asins_in
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.kpis.facts import Fact, Source

Dimensions = tuple[str, ...]
"""The columns that say what a row is about, by their canonical names."""

_ODD = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio, made odd.

Multiplying by it spreads the bits of a hash over all 64, so that hashes of several columns can be
combined by XOR: equal or swapped cells do not cancel each other out.
"""
_EVERY_FIGURE = 0xFFFF_FFFF_FFFF_FFFF


class Rows(Struct, frozen=True, eq=False):
    """The identities of a file's rows, as hashes, with days and figures."""

    about: "Hashes"
    first: "Codes"
    """Ordinals of days."""
    last: "Codes"
    figures: "Hashes"
    """A bit mask of the figures of each row."""

    def unique(self) -> "Rows":
        """Return each identity once, with the figures of all its rows."""
        import numpy as np

        if not len(self.about):
            return self
        order = np.lexsort((self.last, self.first, self.about))
        about, first, last = self.about[order], self.first[order], self.last[order]
        is_new = np.ones(len(order), bool)
        is_new[1:] = (about[1:] != about[:-1]) | (first[1:] != first[:-1]) | (last[1:] != last[:-1])
        at = np.flatnonzero(is_new)
        figures = np.bitwise_or.reduceat(self.figures[order], at)
        return Rows(about[at], first[at], last[at], figures)

    def picked(self, rows: "NDArray[np.bool_]") -> "Rows":
        """Return some of the rows."""
        return Rows(self.about[rows], self.first[rows], self.last[rows], self.figures[rows])

    def by_day(self) -> "Rows":
        """Return a row for each day that a row covers."""
        import numpy as np

        days = self.last - self.first + 1
        if (days == 1).all():
            return self
        first = np.repeat(self.first, days)
        first += np.arange(len(first)) - np.repeat(np.cumsum(days) - days, days)
        return Rows(np.repeat(self.about, days), first, first, np.repeat(self.figures, days))


class SeenRows(Protocol):
    """Rows that are counted already."""

    def holds(self, rows: Rows) -> "NDArray[np.bool_]":
        """Return a mask of the rows that are counted already."""
        ...


class NewerRows:
    """The rows of a newer file."""

    def __init__(self, rows: Rows) -> None:
        import numpy as np

        days = rows.by_day()
        marks = _marks(days)
        order = np.argsort(marks)
        self._marks, at = np.unique(marks[order], return_index=True)
        figures = days.figures[order]
        self._figures = np.bitwise_or.reduceat(figures, at) if len(at) else figures

    def holds(self, rows: Rows) -> "NDArray[np.bool_]":
        """Return a mask of the rows that it has too, for any of their days."""
        import numpy as np

        held = np.zeros(len(rows.about), bool)
        if not len(self._marks):
            return held
        for later in range(int((rows.last - rows.first).max(initial=0)) + 1):
            day = np.minimum(rows.first + later, rows.last)
            marks = _marks(Rows(rows.about, day, day, rows.figures))
            at = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
            held |= (self._marks[at] == marks) & ((self._figures[at] & rows.figures) != 0)
        return held


class SupersededRows:
    """The rows of a file about days that a newer row about the same covers too.

    Of a row for Monday to Friday and one for Monday to Sunday, only the second counts.
    """

    def __init__(self, rows: Rows) -> None:
        import numpy as np

        _, at, counts = np.unique(rows.about, return_inverse=True, return_counts=True)
        several = rows.picked(counts[at] > 1)
        windows = zip(
            several.about.tolist(),
            several.last.tolist(),
            several.first.tolist(),
            several.figures.tolist(),
            _marks(several).tolist(),
            strict=True,
        )
        kept: list[tuple[int, int]] = []
        lost: list[int] = []
        of = None
        for about, last, first, figures, mark in sorted(windows, key=_newest_first):
            if about != of:
                of, kept = about, []
            if any(start <= last and figures & other for start, other in kept):
                lost.append(mark)
            else:
                kept.append((first, figures))
        self._marks = np.array(lost, np.uint64)

    def holds(self, rows: Rows) -> "NDArray[np.bool_]":
        """Return a mask of the rows that are superseded."""
        import numpy as np

        return np.isin(_marks(rows), self._marks)


def _newest_first(row: tuple[int, int, int, int, int]) -> tuple[int, int, int]:
    about, last, first, *_ = row
    return about, -last, first


def _marks(rows: Rows) -> "Hashes":
    """Return one hash of the identity and the days of each row."""
    import numpy as np

    odd = np.uint64(_ODD)
    return ((rows.about ^ rows.last.astype(np.uint64)) * odd ^ rows.first.astype(np.uint64)) * odd


class RowSource(Struct, frozen=True, kw_only=True, eq=False):
    """A file with rows of another file, or with newer rows of its own."""

    file: str
    dimensions: Dimensions
    """The columns that both files have."""
    told: SeenRows


class RowDeduplicator:
    """Refuses rows of a file that are counted already, and records the others."""

    def __init__(
        self,
        kind: ReportType,
        tellers: Sequence[RowSource] = (),
        asked: Mapping[Dimensions, range] = {},
    ) -> None:
        """`asked` are the columns to identify rows by, and for which days, as ordinals."""
        self._figures = sorted(name for name in kind.columns if name in kind.numbers)
        self._tellers = tellers
        self._asked = asked
        self.begin()

    def begin(self) -> None:
        """Reset: the file is read from its start."""
        self._noted: dict[Dimensions, list[Rows]] = {each: [] for each in self._asked}
        self.refused = {each.file: 0 for each in self._tellers}
        """The number of refused rows, by the file that has them."""

    @property
    def columns(self) -> frozenset[str]:
        """The columns that it needs."""
        return frozenset(name for each in self._dimensions for name in each)

    @property
    def _dimensions(self) -> set[Dimensions]:
        return {*self._asked, *(each.dimensions for each in self._tellers)}

    def check_rows(
        self,
        validator: RowValidator,
        places: "Sequence[Marketplace]",
        at: "Codes",
        days: "tuple[Codes, Codes]",
        amounts: "Mapping[str, NDArray[np.float64]]",
    ) -> None:
        """Check the rows of a chunk that are not refused; those set aside supersede older rows too.

        `at` is the index of each row's marketplace in `places`; `days` are its first and last day.
        """
        import numpy as np

        figures = self._figures_of(amounts, len(validator.chunk))
        first, last = np.where(validator.sound, days[0], days[1]), days[1]
        shops = _hashes(places)[at]
        rows = {
            each: Rows(_subject_hashes(validator.chunk.columns, each, shops), first, last, figures)
            for each in self._dimensions
        }
        for teller in self._tellers:
            count = validator.refuse_without_diagnostic(teller.told.holds(rows[teller.dimensions]))
            self.refused[teller.file] += count
        for dimensions, span in self._asked.items():
            is_asked = validator.sound & (first < span.stop) & (last >= span.start)
            self._noted[dimensions].append(rows[dimensions].picked(is_asked).unique())

    def rows(self, dimensions: Dimensions) -> Rows:
        """Return the rows that were kept, each identity once."""
        import numpy as np

        noted = self._noted[dimensions] or [_no_rows()]
        about, first, last, figures = (
            np.concatenate([getattr(each, name) for each in noted])
            for name in ("about", "first", "last", "figures")
        )
        return Rows(about, first, last, figures).unique()

    def _figures_of(self, amounts: "Mapping[str, NDArray[np.float64]]", count: int) -> "Hashes":
        """Return a bit mask of the amounts of each row; all bits for a row without amounts."""
        import numpy as np

        figures = np.zeros(count, np.uint64)
        for place, name in enumerate(self._figures):
            if name in amounts:
                has = ~np.isnan(amounts[name]) & (amounts[name] != 0)
                figures |= has.astype(np.uint64) << np.uint64(place % 64)
        figures[figures == 0] = _EVERY_FIGURE
        return figures


def _subject_hashes(columns: Mapping[str, Cells], names: Dimensions, shops: "Hashes") -> "Hashes":
    """Return one hash of the identity of each row."""
    import numpy as np

    about = shops
    for name in names:
        cells = columns[name]
        said = [_cell_text(each) for each in cells.distinct]
        if name == AD_PRODUCT_COLUMN:  # written in other words by another report
            said = [find_product(each) or each for each in said]
        about = about * np.uint64(_ODD) ^ _hashes(said)[cells.codes]
    return about


def _no_rows() -> Rows:
    import numpy as np

    hashes, days = np.array([], np.uint64), np.array([], np.int64)
    return Rows(hashes, days, days, hashes)


def _hashes(texts: Sequence[str]) -> "Hashes":
    import numpy as np
    import pandas as pd

    return pd.util.hash_array(np.array(texts, object), categorize=False)


def _cell_text(cell: object) -> str:
    """Return a cell as text, the same from a spreadsheet (12.0) and from a CSV file (12)."""
    return plain_text(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


ReadAgain = Callable[[FileReading, RowDeduplicator], FileReading]
"""Reads a file again, with a deduplicator for its rows."""

_ACCOUNT = "account-"


def account_of(file: str) -> str:
    """Return the seller account of a file: the name of its folder `account-…`."""
    folders = PurePosixPath(file).parent.parts
    return next((each for each in folders if each.casefold().startswith(_ACCOUNT)), "")


def deduplicate(
    readings: Sequence[FileReading], known: ReportTypes, read_again: ReadAgain
) -> tuple[list[FileReading], list[Diagnostic]]:
    """Return the readings without rows that a newer file of their type has too.

    Only files that share days are read again: the newer ones to record their rows, the older ones
    to leave these out. The newest file is the one with the latest last day, then name.
    """
    order = {each.source.file: place for place, each in enumerate(readings)}
    newest = sorted(readings, key=lambda each: (_days(each.source).stop, each.source.file))[::-1]
    noted: dict[tuple[str, Dimensions], NewerRows] = {}
    found: list[FileReading] = []
    problems: list[Diagnostic] = []
    for place, reading in enumerate(newest):
        kind = known.kind(reading.source.kind)
        if kind is None:
            found.append(reading)
            continue
        file = reading.source.file
        tellers = [
            RowSource(
                file=each.source.file, dimensions=shared, told=noted[each.source.file, shared]
            )
            for each in newest[:place]
            if (shared := _shared(each, reading)) is not None
        ]
        tellers += _own_row_source(reading, kind, read_again)
        asked = _requested_columns(reading, newest[place + 1 :])
        if tellers or asked:
            deduplicator = RowDeduplicator(kind, tellers, asked)
            again = read_again(reading, deduplicator)
            noted |= {(file, names): NewerRows(deduplicator.rows(names)) for names in asked}
            problems += _duplicate_diagnostics(file, deduplicator.refused)
            found.append(again if any(deduplicator.refused.values()) else reading)
        else:
            found.append(reading)
    return sorted(found, key=lambda each: order[each.source.file]), problems


def _own_row_source(
    reading: FileReading, kind: ReportType, read_again: ReadAgain
) -> Iterator[RowSource]:
    """Return the newer rows of the file itself, if some of its rows share days."""
    if _has_clashing_rows(reading.facts):
        names = reading.dimensions
        deduplicator = RowDeduplicator(kind, asked={names: _days(reading.source)})
        read_again(reading, deduplicator)
        told = SupersededRows(deduplicator.rows(names))
        yield RowSource(file=reading.source.file, dimensions=names, told=told)


def _requested_columns(
    reading: FileReading, older: Sequence[FileReading]
) -> dict[Dimensions, range]:
    """Return the columns that older files identify rows by, and the days that they share."""
    asked: dict[Dimensions, range] = {}
    for each in older:
        names = _shared(reading, each)
        if names is not None:
            days = _common(_days(reading.source), _days(each.source))
            known = asked.get(names, days)
            asked[names] = range(min(days.start, known.start), max(days.stop, known.stop))
    return asked


def _duplicate_diagnostics(file: str, refused: Mapping[str, int]) -> Iterator[Diagnostic]:
    for other, count in refused.items():
        if count and other == file:
            said = message(
                N_(
                    "Rows not counted because newer rows of the same file cover their days: "
                    "{count}."
                ),
                count=count,
            )
        else:
            said = message(
                N_("Rows not counted because the newer file {other} contains them too: {count}."),
                count=count,
                other=other,
            )
        if count:
            yield Diagnostic(file=file, message=said, severity=Severity.WARNING)


def _shared(one: FileReading, other: FileReading) -> Dimensions | None:
    """Return the columns by which two files can hold the same rows; None if they cannot.

    If both have an id, its name is ignored: it may have been changed since.
    """
    if not _may_overlap(one.source, other.source) or _are_apart(one, other):
        return None
    both = [name for name in one.dimensions if name in other.dimensions]
    return tuple(name for name in both if f"{name}_id" not in both)


def _may_overlap(one: Source, other: Source) -> bool:
    return (
        one.kind == other.kind
        and account_of(one.file) == account_of(other.file)
        and _asins_in_name(one.file) == _asins_in_name(other.file)
        and not set(one.marketplaces).isdisjoint(other.marketplaces)
        and bool(_common(_days(one), _days(other)))
    )


def _are_apart(one: FileReading, other: FileReading) -> bool:
    """Return whether they are about different ad products."""
    left, right = ({fact.product for fact in each.facts} for each in (one, other))
    return UNSPECIFIED not in left | right and left.isdisjoint(right)


def _asins_in_name(file: str) -> frozenset[str]:
    """Return the ASINs in a file's name: all of its rows are about them."""
    return frozenset(asins_in(PurePosixPath(file).stem))


def _days(source: Source) -> range:
    """Return its first and last day, as ordinals."""
    if source.first_day is None or source.last_day is None:
        return range(0)
    return range(source.first_day.toordinal(), source.last_day.toordinal() + 1)


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _has_clashing_rows(facts: Sequence[Fact]) -> bool:
    """Return whether amounts of several days overlap, so that they must not be summed."""
    held = {
        (each.marketplace, each.measure, each.first_day or each.day, each.day) for each in facts
    }
    windows = sorted(held)
    return any(one[:2] == other[:2] and other[2] <= one[3] for one, other in pairwise(windows))
