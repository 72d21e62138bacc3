"""The sums themselves: daily amounts of each measure in each marketplace and currency."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from facilitator.domain.facts import Currency, Fact, Marketplace, Measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]
    Codes = NDArray[np.int64]

_DECIMALS = 6
"""Sums are rounded here, so that the order of the rows does not show in their last bits."""
_SIDE = 1 << 10
"""More marketplaces, or currencies, than there are."""


class Ledger:
    """Adds amounts up by day, place, currency and measure; places and currencies are codes."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int, int, str], float] = {}

    def add(
        self,
        days: "Codes",
        places: "Codes",
        measures: "Mapping[str, Amounts]",
        moneys: "Codes | None" = None,
    ) -> None:
        """Add the amounts of some rows; an amount that is not a number says nothing."""
        import numpy as np
        import pandas as pd

        codes, keys = pd.factorize(
            (days * _SIDE + places) * _SIDE + (0 if moneys is None else moneys)
        )
        for name, amounts in measures.items():
            is_said = ~np.isnan(amounts)
            said = codes if is_said.all() else codes[is_said]
            sums = np.bincount(said, amounts[is_said], len(keys)).tolist()
            counts = np.bincount(said, minlength=len(keys)).tolist()
            for key, amount, count in zip(keys.tolist(), sums, counts, strict=True):
                if count:
                    rest, money = divmod(key, _SIDE)
                    self._book(
                        (*divmod(rest, _SIDE), -1 if moneys is None else money, name), amount
                    )

    def add_named(
        self,
        days: "Codes",
        places: "Codes",
        names: "NDArray[np.str_]",
        measures: "Mapping[str, Amounts]",
    ) -> None:
        """Add rows that name their measure themselves."""
        import numpy as np

        for name in np.unique(names):
            rows = names == name
            named = {str(name): amounts[rows] for amounts in measures.values()}
            self.add(days[rows], places[rows], named)

    def _book(self, key: tuple[int, int, int, str], amount: float) -> None:
        self._sums[key] = self._sums.get(key, 0.0) + amount

    def facts(
        self, places: Sequence[Marketplace], currencies: Sequence[Currency], source: str
    ) -> tuple[Fact, ...]:
        """Every sum as a fact, by day, marketplace, measure and currency."""
        facts = (
            Fact(
                day=date.fromordinal(day),
                marketplace=places[place],
                measure=Measure(measure),
                amount=round(amount, _DECIMALS),
                currency=currencies[money] if money >= 0 else None,
                source=source,
            )
            for (day, place, money, measure), amount in self._sums.items()
        )
        return tuple(
            sorted(
                facts,
                key=lambda each: (each.day, each.marketplace, each.measure, each.currency or ""),
            )
        )


def with_quiet_days(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of a list of events, and a zero for each day between them that has none."""
    if not facts:
        return ()
    told = {(fact.day, fact.marketplace, fact.measure) for fact in facts}
    samples = {(fact.marketplace, fact.measure): fact for fact in facts}
    first, last = min(fact.day for fact in facts), max(fact.day for fact in facts)
    quiet = [
        replace(sample, day=day, amount=0.0)
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1))
        for (marketplace, measure), sample in samples.items()
        if (day, marketplace, measure) not in told
    ]
    return tuple(sorted((*facts, *quiet), key=lambda each: (each.day, each.marketplace)))
