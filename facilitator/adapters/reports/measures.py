"""From the columns of a report to its measures, row by row."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from facilitator.adapters.reports.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]


def measures_of(kind: Kind, amounts: "Mapping[str, Amounts]") -> "dict[str, Amounts]":
    """What the rows say of each measure: as it stands, multiplied, or added up."""
    import numpy as np

    names = kind.measures or tuple(amounts)
    found = {name: amounts[name] for name in names if name in amounts}
    for name, product in kind.products.items():
        if all(factor in amounts for factor in product.of):
            left, right = (amounts[factor] for factor in product.of)
            found[name] = left * right * product.scale
    for name, spans in kind.sums.items():
        columns = _complete_columns(spans, amounts)
        if columns:
            parts = np.array([amounts[column] for column in columns])
            empty = np.isnan(parts).all(axis=0)
            found[name] = np.where(empty, np.nan, np.nansum(parts, axis=0))
    return found


def _complete_columns(
    spans: Iterable[Iterable[tuple[str, ...]]], held: Iterable[str]
) -> tuple[str, ...]:
    """Of each span the first generation that is held completely; nothing if a span has none."""
    held = set(held)
    chosen: list[str] = []
    for generations in spans:
        complete = next((each for each in generations if held.issuperset(each)), None)
        if complete is None:
            return ()
        chosen += complete
    return tuple(chosen)
