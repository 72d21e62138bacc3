"""Export the weekly KPIs of a scorecard as a table: .csv for Excel, .xlsx or .parquet.

pandas makes the table; it is imported where one is written.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from facilitator.adapters.output_file import check_output, write_output
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard
from facilitator.render.language import Language
from facilitator.render.scorecard import kpi_name

if TYPE_CHECKING:
    import pandas as pd

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""With one of these first, a spreadsheet takes text for a formula."""
_SHEET = "KPIs"


def check_export_file(file: Path, *, meetings: Path | None = None, force: bool = False) -> None:
    """Raise FacilitatorError if no table can be exported to a file: see `check_output`."""
    if file.suffix.casefold() not in _WRITERS:
        raise FacilitatorError(
            N_("{file} cannot be written as a table. Name a file that ends in {suffixes}."),
            file=file,
            suffixes=", ".join(_WRITERS),
        )
    check_output(file, meetings=meetings, force=force)


def export_kpis(
    card: Scorecard,
    file: Path,
    language: Language,
    *,
    meetings: Path | None = None,
    force: bool = False,
) -> None:
    """Write a row for each KPI, marketplace and week into a file, by its suffix.

    A file that exists is replaced with `force` only. Raises FacilitatorError if the file must not
    be written or its suffix is not known, StorageError if it cannot be written.
    """
    check_export_file(file, meetings=meetings, force=force)
    content = _WRITERS[file.suffix.casefold()](_table(card, language))
    write_output(file, content, meetings=meetings, force=force)


def _table(card: Scorecard, language: Language) -> "pd.DataFrame":
    """Return the weekly values as a table with a type for each column."""
    import pandas as pd

    rows = [
        _row(card, series, reading, language)
        for series in card.series
        for reading in series.readings
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table.astype({name: kind for name, kind in _COLUMNS.items() if kind != "date"})


_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "week_start": "date",
        "week_end": "date",
        "kpi": "object",
        "name": "object",
        "marketplace": "object",
        "of_currency": "object",
        "unit": "object",
        "value": "Float64",
        "target_at_most": "Float64",
        "target_at_least": "Float64",
        "status": "object",
        "numerator": "Float64",
        "denominator": "Float64",
        "currency": "object",
        "marks": "object",
    }
)
"""The columns, and how pandas holds them."""


def _row(
    card: Scorecard, series: KpiSeries, reading: Reading, language: Language
) -> dict[str, object]:
    definition, target = card.definition(series.kpi), series.target
    week = Week(end=reading.week_end)
    return {
        "week_start": week.start,
        "week_end": week.end,
        "kpi": series.kpi,
        "name": kpi_name(definition, language) if definition else series.kpi,
        "marketplace": series.marketplace,
        "of_currency": series.currency,
        "unit": definition.unit.value if definition else None,
        "value": reading.value,
        "target_at_most": target.at_most if target else None,
        "target_at_least": target.at_least if target else None,
        "status": series.until(reading.week_end).status.value,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "currency": reading.currency,
        "marks": " ".join(_marks(series, reading)) or None,
    }


def _marks(series: KpiSeries, reading: Reading) -> Iterator[str]:
    """Yield what is to be known of a value, in the words of `--json`."""
    for name in ("is_partial", "is_reduced", "is_worse_than_any_target", "is_remembered"):
        if getattr(reading, name):
            yield name.removeprefix("is_")
    if reading is series.current and series.signal is not None and series.signal.is_unusual:
        yield "unusual"


def _csv(table: "pd.DataFrame") -> bytes:
    """Return a csv file; its byte-order mark tells Excel that it is UTF-8."""
    return _without_formulas(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _xlsx(table: "pd.DataFrame") -> bytes:
    content = io.BytesIO()
    _without_formulas(table).to_excel(content, sheet_name=_SHEET, index=False, engine="openpyxl")
    return content.getvalue()


def _parquet(table: "pd.DataFrame") -> bytes:
    """Return a parquet file, by the writer of polars, which needs no other library."""
    import polars as pl

    types = {"object": pl.String, "Float64": pl.Float64, "date": pl.Date}
    cells = table.astype(object).where(table.notna(), None)
    columns = [
        pl.Series(name, cells[name].to_list(), types[kind]) for name, kind in _COLUMNS.items()
    ]
    content = io.BytesIO()
    pl.DataFrame(columns).write_parquet(content)
    return content.getvalue()


def _without_formulas(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the table with an apostrophe before text that a spreadsheet would calculate."""
    texts = [name for name, kind in _COLUMNS.items() if kind == "object"]
    return table.assign(**{name: table[name].map(_defused) for name in texts})


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell


_WRITERS: Mapping[str, Callable[["pd.DataFrame"], bytes]] = MappingProxyType(
    {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
)
"""Suffix → the writer."""
