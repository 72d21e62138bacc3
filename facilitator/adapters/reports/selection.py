"""Select rows and their measures by the words in their cells."""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import plain_text
from facilitator.adapters.reports.report_types import MeasureNaming, ReportType

if TYPE_CHECKING:
    import polars as pl


def is_passed_over(kind: ReportType, cells: Mapping[str, str]) -> bool:
    """Return whether sound rows are not to be counted: cancelled orders, irrelevant fees."""
    named = kind.naming is None or any(_named_scales(kind.naming, cells))
    return not named or any(
        _says(patterns)(cells[name]) for name, patterns in kind.passed_over.items() if name in cells
    )


def named_scales(naming: MeasureNaming, groups: "pl.DataFrame") -> "list[pl.Series]":
    """Return for each measure how often the amount of rows counts; null if they do not name it."""
    import polars as pl

    cells = groups.select(naming.by).iter_rows(named=True)
    named = [dict(_named_scales(naming, each)) for each in cells]
    return [
        pl.Series(name, [each.get(name) for each in named], dtype=pl.Float64)
        for name in naming.measures
    ]


def _named_scales(naming: MeasureNaming, cells: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Yield the measures that rows with these cells name."""
    for name, measure in naming.measures.items():
        for patterns in measure.rows:
            pairs = zip(naming.by, patterns, strict=True)
            if all(_says((pattern,))(cells[column]) for column, pattern in pairs):
                yield name, measure.scale
                break


@cache
def _says(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return whether a cell says one of the words, in whatever case."""
    shape = re.compile("|".join(translate(each.casefold()) for each in patterns))

    def says(cell: str) -> bool:
        return shape.match(plain_text(cell).casefold()) is not None

    return says
