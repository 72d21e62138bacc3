"""Compute the measures of each row from the columns of a report."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from facilitator.adapters.reports.report_types import CountMeasure, ReportType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]


def compute_measures(
    kind: ReportType, amounts: "Mapping[str, Amounts]", rows: int
) -> "dict[str, Amounts]":
    """Return the value of each measure in each row: a column, a product, a sum or a count."""
    import numpy as np

    names = (*kind.measures, *(kind.naming.measures if kind.naming else ()))
    found = {name: amounts[name] for name in names if name in amounts}
    for name, product in kind.products.items():
        if all(factor in amounts for factor in product.of):
            left, right = (amounts[factor] for factor in product.of)
            found[name] = left * right * product.scale
    for name, spans in kind.sums.items():
        terms = _complete_terms(spans, amounts)
        if terms:
            parts = np.array([_signed(term, amounts) for term in terms])
            empty = np.isnan(parts).all(axis=0)
            found[name] = np.where(empty, np.nan, np.nansum(parts, axis=0))
    for name, count in kind.counts.items():
        if not count.of or count.of in amounts:
            found[name] = _counted(count, amounts, rows)
    _keep_together(kind, found)
    return found


def _complete_terms(
    spans: Iterable[Iterable[tuple[str, ...]]], held: Iterable[str]
) -> tuple[str, ...]:
    """Of each span the first generation that is held completely; nothing if a span has none."""
    held = set(held)
    chosen: list[str] = []
    for generations in spans:
        complete = next((each for each in generations if held.issuperset(map(_column, each))), None)
        if complete is None:
            return ()
        chosen += complete
    return tuple(chosen)


def _column(term: str) -> str:
    return term.removeprefix("-")


def _signed(term: str, amounts: "Mapping[str, Amounts]") -> "Amounts":
    amount = amounts[_column(term)]
    return -amount if term.startswith("-") else amount


def _counted(count: CountMeasure, amounts: "Mapping[str, Amounts]", rows: int) -> "Amounts":
    """One for each row that is counted; a cell without a number is not between any two."""
    import numpy as np

    if not count.of:
        return np.ones(rows)
    cells = amounts[count.of]
    return ((cells >= count.least) & (cells <= count.most)).astype(np.float64)


def _keep_together(kind: ReportType, found: "dict[str, Amounts]") -> None:
    import numpy as np

    held = [found[name] for name in kind.together if name in found]
    if held:
        lacks = np.logical_or.reduce([np.isnan(each) for each in held])
        found |= {
            name: np.where(lacks, np.nan, found[name]) for name in kind.together if name in found
        }
