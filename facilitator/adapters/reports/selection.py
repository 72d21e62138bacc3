"""Select rows and their measures by the words in their cells."""

import re
from collections.abc import Callable
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import plain_text
from facilitator.adapters.reports.report_types import MeasureNaming, ReportType
from facilitator.adapters.reports.tables import Chunk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]
    Marks = NDArray[np.bool_]


def passed_over(kind: ReportType, chunk: Chunk) -> "Marks":
    """Return a mask of valid rows that are not counted: cancelled orders, irrelevant fees."""
    import numpy as np

    over = np.zeros(len(chunk), bool)
    for name, patterns in kind.passed_over.items():
        if name in chunk.columns:
            over |= chunk.columns[name].where(_says(patterns))
    if kind.naming:
        over |= ~np.logical_or.reduce([*_named(kind.naming, chunk).values()])
    return over


def named_amounts(naming: MeasureNaming, chunk: Chunk, amount: "Amounts") -> "dict[str, Amounts]":
    """Return for each measure the amounts of the rows that name it; NaN for the other rows."""
    import numpy as np

    return {
        measure: np.where(rows, amount * naming.measures[measure].scale, np.nan)
        for measure, rows in _named(naming, chunk).items()
    }


def _named(naming: MeasureNaming, chunk: Chunk) -> "dict[str, Marks]":
    """The rows that name each measure."""
    import numpy as np

    columns = [chunk.columns[name] for name in naming.by]
    return {
        measure: np.logical_or.reduce(
            [
                np.logical_and.reduce(
                    [
                        cells.where(_says((pattern,)))
                        for cells, pattern in zip(columns, patterns, strict=True)
                    ]
                )
                for patterns in named.rows
            ]
        )
        for measure, named in naming.measures.items()
    }


@cache
def _says(patterns: tuple[str, ...]) -> Callable[[object], bool]:
    """Tells whether a cell says one of the words, in whatever case."""
    shape = re.compile("|".join(translate(each.casefold()) for each in patterns))

    def says(cell: object) -> bool:
        return shape.match(plain_text(cell).casefold()) is not None

    return says
