"""Sums by the name of a campaign, product or search term, for some weeks."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.cells import plain_text, printable
from facilitator.adapters.reports.tables import Cells, Chunk
from facilitator.domain.kpis.facts import Currency, Marketplace, Measure
from facilitator.domain.kpis.kpi import Week

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from facilitator.adapters.reports.sums import MarketplaceProduct

    Amounts = NDArray[np.float64]
    Codes = NDArray[np.int64]
    Marks = NDArray[np.bool_]

DIMENSIONS = ("campaign", "search_term", "advertised_product", "asin", "sku")
"""The columns whose cells are names, canonical."""

_LONGEST_NAME = 200
_SIDE = 1 << 10
"""A number above all indexes of subjects and currencies."""
_DAYS = 1 << 20
"""A number above all ordinals of days."""


class Share(Struct, frozen=True, kw_only=True):
    """The key of a sum."""

    dimension: str
    name: str
    marketplace: Marketplace
    product: str
    """The ad product; empty if unknown."""
    measure: Measure
    currency: Currency | None
    day: int
    """The last day of the week, as an ordinal; if only one day of it counts, that day."""


class SumsByName:
    """Sums the rows of a file by name while it is read."""

    def __init__(
        self,
        dimensions: Collection[str],
        measures: Collection[Measure],
        weeks: Sequence[Week],
        *,
        by_day: bool,
    ) -> None:
        """`by_day` if amounts are levels on a day, which must not be summed over days."""
        self.columns = frozenset(dimensions)
        self._measures = frozenset(measures)
        self._weeks = weeks
        self._by_day = by_day
        self.begin()

    def begin(self) -> None:
        """Reset: the file is read from its start."""
        self.sums: dict[Share, float] = {}

    def note(
        self,
        chunk: Chunk,
        kept: "Marks",
        days: "Codes",
        subjects: "tuple[Sequence[MarketplaceProduct], Codes]",
        moneys: "tuple[Sequence[Currency], Codes] | None",
        measures: "Mapping[Measure, Amounts]",
    ) -> None:
        """Add the rows of a chunk that are kept, with the last day of each.

        `subjects` are all subjects and the index of each row's; `moneys` are all currencies and the
        index of each row's, if `measures` are money.
        """
        import numpy as np

        wanted = {name: each for name, each in measures.items() if name in self._measures}
        booked = self._booked(days)
        rows = np.flatnonzero(kept & (booked > 0))
        if not wanted or not len(rows):
            return
        where = (booked * _SIDE + subjects[1]) * _SIDE + (moneys[1] if moneys else 0)
        for dimension in sorted(self.columns & chunk.columns.keys()):
            cells = chunk.columns[dimension]
            about = cells.codes[rows].astype(np.int64) * (_DAYS * _SIDE * _SIDE) + where[rows]
            for measure, amounts in wanted.items():
                for key, amount in _added_up(about, amounts[rows]):
                    rest, money = divmod(key, _SIDE)
                    rest, subject = divmod(rest, _SIDE)
                    cell, day = divmod(rest, _DAYS)
                    marketplace, product = subjects[0][subject]
                    share = Share(
                        dimension=dimension,
                        name=_name(cells, cell),
                        marketplace=marketplace,
                        product=product,
                        measure=measure,
                        currency=moneys[0][money] if moneys else None,
                        day=day,
                    )
                    if share.name:
                        self.sums[share] = self.sums.get(share, 0.0) + amount

    def _booked(self, days: "Codes") -> "Codes":
        """Return the day that each row counts on; 0 for rows of other weeks."""
        import numpy as np

        booked = np.zeros(len(days), np.int64)
        for week in self._weeks:
            is_in = (days >= week.start.toordinal()) & (days <= week.end.toordinal())
            booked[is_in] = days[is_in] if self._by_day else week.end.toordinal()
        return booked


def _added_up(about: "Codes", amounts: "Amounts") -> "zip[tuple[int, float]]":
    """Return the sum of the amounts of each key."""
    import numpy as np
    import pandas as pd

    is_said = ~np.isnan(amounts)
    codes, keys = pd.factorize(about[is_said])
    return zip(keys.tolist(), np.bincount(codes, amounts[is_said]).tolist(), strict=True)


def _name(cells: Cells, place: int) -> str:
    return printable(plain_text(cells.distinct[place]))[:_LONGEST_NAME]
