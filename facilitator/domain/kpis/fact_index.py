"""An index of facts by marketplace and measure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Currency, Fact, Marketplace, Measure
from facilitator.domain.kpis.kpi import Rates, Span
from facilitator.domain.kpis.measures import DAILY_MEASURES

_Key = tuple[Marketplace, Measure]


class FactIndex(Struct, frozen=True):
    """All that was delivered, laid out."""

    marketplaces: tuple[Marketplace, ...]
    """Those that a total needs, whether they delivered or not."""
    rates: Rates | None
    marketplaces_with_facts: frozenset[Marketplace]
    """The shops that delivered anything."""
    _cells: Mapping[_Key, Sequence[Fact]]
    """By day."""
    _windows: Mapping[_Key, Sequence[Span]]
    """The days of amounts that were told for several days at once."""
    _covered: Mapping[_Key, Sequence[Span]]
    """The days that files with a row for every day speak of."""

    @classmethod
    def from_facts(
        cls, facts: Iterable[Fact], shops: Iterable[Marketplace], rates: Rates | None
    ) -> "FactIndex":
        """Lay the facts out."""
        cells: dict[_Key, list[Fact]] = {}
        for fact in facts:
            cells.setdefault((fact.marketplace, fact.measure), []).append(fact)
        for cell in cells.values():
            cell.sort(key=_day)
        windows = {key: _windows(cell) for key, cell in cells.items()}
        covered = {key: _covered(cell) for key, cell in cells.items() if key[1] in DAILY_MEASURES}
        holding = frozenset(shop for shop, _ in cells if shop != ALL)
        return cls(tuple(shops), rates, holding, cells, windows, covered)

    def facts_in(self, shop: Marketplace, measure: Measure, span: Span) -> Sequence[Fact]:
        """What was told of a measure in these days."""
        cell = self._cells.get((shop, measure), ())
        first = bisect_left(cell, span.start, key=_day)
        return cell[first : bisect_right(cell, span.end, lo=first, key=_day)]

    def complete_facts_in(self, shop: Marketplace, measure: Measure, span: Span) -> Sequence[Fact]:
        """The same, unless some of these days lack."""
        return () if self.lacks_days([shop], measure, span) else self.facts_in(shop, measure, span)

    def latest_facts_in(self, shop: Marketplace, measure: Measure, span: Span) -> Sequence[Fact]:
        """What was told of it on the last of these days that had a fact."""
        facts = self.facts_in(shop, measure, span)
        return [fact for fact in facts if fact.day == facts[-1].day]

    def has_straddling_facts(
        self, shops: Iterable[Marketplace], measure: Measure, span: Span
    ) -> bool:
        """Whether some amount belongs to these days in part only."""
        return any(
            window.start < edge <= window.end
            for shop in shops
            for window in self._windows.get((shop, measure), ())
            for edge in (span.start, span.end + timedelta(days=1))
        )

    def marketplaces_with(
        self, measures: Collection[Measure], spans: Sequence[Span]
    ) -> set[Marketplace]:
        """The shops that delivered any of the measures for any of these days."""
        return {
            shop
            for shop in self.marketplaces_with_facts
            if any(self.facts_in(shop, measure, span) for measure in measures for span in spans)
        }

    def lacks_days(self, shops: Iterable[Marketplace], measure: Measure, span: Span) -> bool:
        """Whether some of these days were told of by no file, where files tell every day."""
        return measure in DAILY_MEASURES and not all(
            any(
                told.start <= span.start and span.end <= told.end
                for told in self._covered.get((shop, measure), ())
            )
            for shop in shops
        )

    def marketplaces_by_currency(
        self, measures: Collection[Measure]
    ) -> dict[Currency, list[Marketplace]]:
        """The shops whose amounts are all in one currency, by that currency."""
        found: dict[Currency, list[Marketplace]] = {}
        for shop in sorted(self.marketplaces_with_facts):
            cells = (self._cells.get((shop, measure), ()) for measure in measures)
            held = {fact.currency for cell in cells for fact in cell if fact.currency}
            if len(held) == 1:
                found.setdefault(held.pop(), []).append(shop)
        return dict(sorted(found.items()))


def _day(fact: Fact) -> date:
    return fact.day


def _windows(cell: Sequence[Fact]) -> Sequence[Span]:
    return [Span(start=fact.first_day, end=fact.day) for fact in cell if fact.first_day]


def _covered(cell: Sequence[Fact]) -> Sequence[Span]:
    """From the first to the last day of each file; those that touch are one.

    A day without a fact between two others was quiet: nothing was clicked, nothing sold.
    """
    by_file: dict[str, Span] = {}
    for fact in cell:
        first = fact.first_day or fact.day
        known = by_file.get(fact.source)
        by_file[fact.source] = Span(start=min(known.start, first) if known else first, end=fact.day)
    merged: list[Span] = []
    for span in sorted(by_file.values(), key=lambda each: each.start):
        if merged and span.start <= merged[-1].end + timedelta(days=1):
            one = merged.pop()
            merged.append(Span(start=one.start, end=max(one.end, span.end)))
        else:
            merged.append(span)
    return merged
