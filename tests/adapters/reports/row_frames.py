"""Reports as frames of rows, to look for rows that stand in several of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from facilitator.adapters.reports.deduplicate import Duplicates, deduplicate
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.recency import FileVersion, Recency
from facilitator.adapters.reports.report_types import IDENTIFIER, packaged_report_types
from facilitator.domain.kpis.facts import Fact, Marketplace, Measure, Source

KNOWN = packaged_report_types()
OCTOBER_31 = date(2026, 10, 31)

Row = dict[str, Any]


def november(day: int) -> date:
    """Return a day of November 2026; 0 and less are of October."""
    return OCTOBER_31 + timedelta(days=day)


def row(day: int | tuple[int, int], place: str = "US", product: str = "", **cells: Any) -> Row:
    """Return a row of a day, or of a first and a last one: texts are what it is about."""
    first, last = day if isinstance(day, tuple) else (day, day)
    days = {"first": november(first), "last": november(last)}
    return {**days, "marketplace": place, "product": product, **cells}


def is_number(name: str) -> bool:
    """Return whether the cells of a column are amounts."""
    return KNOWN.numbers.get(name, IDENTIFIER) != IDENTIFIER


def _dtype(name: str) -> pl.DataType:
    if name in ("first", "last"):
        return pl.Date()
    return pl.Float64() if is_number(name) else pl.String()


class Reports:
    """Reports in one folder; each new one is saved later than those before."""

    def __init__(self, kind: str) -> None:
        found = KNOWN.kind(kind)
        assert found is not None
        self.kind = found
        self.frames: dict[str, pl.DataFrame] = {}
        self.readings: list[FileReading] = []
        self._versions: list[FileVersion] = []

    def add(self, file: str, rows: Sequence[Row]) -> None:
        """Add a report."""
        names = sorted({name for each in rows for name in each})
        schema = {name: _dtype(name) for name in names}
        columns = {name: [each.get(name) for each in rows] for name in names}
        frame = pl.DataFrame(columns, schema=schema)
        self.frames[file] = frame.with_row_index("row", 2)
        states = {*self.kind.states, self.kind.later_wins}
        texts = [name for name, dtype in schema.items() if dtype == pl.String()]
        own = {"marketplace", "product", *states}
        places = sorted({each["marketplace"] for each in rows} - {""})
        last_day = max(each["last"] for each in rows)
        self.readings.append(
            FileReading(
                has_pending=True,
                source=Source(
                    file=file,
                    kind=self.kind.id,
                    first_day=min(each["first"] for each in rows),
                    last_day=last_day,
                    rows_kept=len(rows),
                    marketplaces=tuple(Marketplace(each) for each in places),
                ),
                facts=self._facts(file, rows),
                dimensions=tuple(name for name in texts if name not in own),
            )
        )
        self._versions.append(
            FileVersion(file=file, modified=1e18 + len(self.readings) * 1e12, last_day=last_day)
        )

    def _facts(self, file: str, rows: Sequence[Row]) -> tuple[Fact, ...]:
        return tuple(
            Fact(
                day=each["last"],
                first_day=each["first"] if each["first"] < each["last"] else None,
                marketplace=Marketplace(each["marketplace"]),
                measure=Measure(name),
                amount=each[name],
                source=file,
                product=each["product"],
            )
            for each in rows
            for name in self.kind.measures
            if each.get(name) is not None and each["marketplace"]
        )

    def rows(self, reading: FileReading, first: date, last: date) -> pl.DataFrame:
        """Return the rows of a report that touch some days."""
        frame = self.frames[reading.source.file]
        return frame.filter((pl.col("first") <= last) & (pl.col("last") >= first))

    def deduplicate(self) -> Duplicates:
        """Return the rows that must not be counted."""
        return deduplicate(self.readings, KNOWN, Recency(self._versions), self)

    def counted(self, duplicates: Duplicates, name: str) -> float:
        """Return the sum of a column over all rows that count."""
        sums = [
            frame.join(duplicates.left_out[file], on="row", how="anti")[name].sum()
            if file in duplicates.left_out
            else frame[name].sum()
            for file, frame in self.frames.items()
            if name in frame.columns
        ]
        return round(float(sum(sums)), 2)


def told(duplicates: Duplicates) -> list[str]:
    """Return the problems as people read them."""
    return [each.translate() for each in duplicates.problems]
