"""Select rows and their measures by the words in their cells."""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import translate
from functools import cache

from facilitator.adapters.reports.cells import plain_text
from facilitator.adapters.reports.report_types import MeasureNaming, NamedMeasure, ReportType


def is_passed_over(kind: ReportType, cells: Mapping[str, str]) -> bool:
    """Return whether sound rows are not to be counted: cancelled orders, irrelevant fees."""
    named = kind.naming is None or any(named_measures(kind.naming, cells))
    return not named or any(
        _says(patterns)(cells[name]) for name, patterns in kind.passed_over.items() if name in cells
    )


def named_measures(
    naming: MeasureNaming, cells: Mapping[str, str]
) -> Iterator[tuple[str, NamedMeasure]]:
    """Yield the measures that rows with these cells name."""
    for name, measure in naming.measures.items():
        for patterns in measure.rows:
            pairs = zip(naming.by, patterns, strict=True)
            if all(_says((pattern,))(cells[column]) for column, pattern in pairs):
                yield name, measure
                break


@cache
def _says(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return whether a cell says one of the words, in whatever case."""
    shape = re.compile("|".join(translate(each.casefold()) for each in patterns))

    def says(cell: str) -> bool:
        return shape.match(plain_text(cell).casefold()) is not None

    return says
