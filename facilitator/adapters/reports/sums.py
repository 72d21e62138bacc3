"""Sums of amounts by day, marketplace, ad product, currency and measure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.domain.kpis.facts import Currency, Fact, Marketplace, Measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]
    Codes = NDArray[np.int64]

_DECIMALS = 6
"""Decimals of sums; rounded, so that the order of rows does not change their last bits."""
_SIDE = 1 << 10
"""A number above all indexes of subjects and currencies and all lengths of windows."""

MarketplaceProduct = tuple[Marketplace, str]
"""A marketplace, and the ad product or nothing."""

_SumKey = tuple[int, int, int, int, str]
"""First day, last day, subject, currency (-1 for none), measure."""


class DailySums:
    """Sums amounts by days, subject, currency and measure; subjects and currencies are indexes."""

    def __init__(self) -> None:
        self._sums: dict[_SumKey, float] = {}

    def add(
        self,
        days: "tuple[Codes, Codes]",
        subjects: "Codes",
        measures: "Mapping[str, Amounts]",
        moneys: "Codes | None" = None,
    ) -> None:
        """Add the amounts of some rows; NaN is skipped.

        `days` are the first and last day of each row, as ordinals.
        """
        import numpy as np
        import pandas as pd

        first, last = days
        money = 0 if moneys is None else moneys + 1
        codes, keys = pd.factorize(
            ((last * _SIDE + last - first) * _SIDE + subjects) * _SIDE + money
        )
        booked = [_decode_key(key) for key in keys.tolist()]
        rows = np.bincount(codes, minlength=len(keys)).tolist()
        for name, amounts in measures.items():
            sums, counts = np.bincount(codes, amounts, len(keys)), rows
            if np.isnan(sums).any():
                is_said = ~np.isnan(amounts)
                said = codes[is_said]
                sums = np.bincount(said, amounts[is_said], len(keys))
                counts = np.bincount(said, minlength=len(keys)).tolist()
            for where, amount, count in zip(booked, sums.tolist(), counts, strict=True):
                if count:
                    self._sums[*where, name] = self._sums.get((*where, name), 0.0) + amount

    def add_named(
        self,
        days: "tuple[Codes, Codes]",
        subjects: "Codes",
        names: "NDArray[np.str_]",
        measures: "Mapping[str, Amounts]",
    ) -> None:
        """Add rows that name their own measure."""
        import numpy as np

        first, last = days
        for name in np.unique(names):
            rows = names == name
            named = {str(name): amounts[rows] for amounts in measures.values()}
            self.add((first[rows], last[rows]), subjects[rows], named)

    def facts(
        self, subjects: Sequence[MarketplaceProduct], currencies: Sequence[Currency], source: str
    ) -> tuple[Fact, ...]:
        """Return every sum as a fact, by day, subject, measure and currency."""
        facts = (
            Fact(
                day=date.fromordinal(last),
                marketplace=subjects[subject][0],
                measure=Measure(measure),
                amount=round(amount, _DECIMALS),
                currency=currencies[money] if money >= 0 else None,
                source=source,
                first_day=date.fromordinal(first) if first < last else None,
                product=subjects[subject][1],
            )
            for (first, last, subject, money, measure), amount in self._sums.items()
        )
        return tuple(
            sorted(
                facts,
                key=lambda each: (
                    each.day,
                    each.first_day or each.day,
                    each.marketplace,
                    each.measure,
                    each.currency or "",
                    each.product,
                ),
            )
        )


def _decode_key(key: int) -> tuple[int, int, int, int]:
    rest, money = divmod(key, _SIDE)
    rest, subject = divmod(rest, _SIDE)
    last, length = divmod(rest, _SIDE)
    return last - length, last, subject, money - 1


def fill_missing_days(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of a report of events, with zeros for the days between them."""
    if not facts:
        return ()
    told = {(fact.day, fact.marketplace, fact.measure) for fact in facts}
    samples = {(fact.marketplace, fact.measure): fact for fact in facts}
    first, last = min(fact.day for fact in facts), max(fact.day for fact in facts)
    quiet = [
        replace(sample, day=day, amount=0.0, first_day=None)
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1))
        for (marketplace, measure), sample in samples.items()
        if (day, marketplace, measure) not in told
    ]
    return tuple(sorted((*facts, *quiet), key=lambda each: (each.day, each.marketplace)))
