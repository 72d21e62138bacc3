"""An index of facts by marketplace and measure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import fsum

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Currency, Fact, Marketplace, Measure
from facilitator.domain.kpis.kpi import Rates, Span
from facilitator.domain.kpis.measures import DAILY_MEASURES

_Key = tuple[Marketplace, Measure]


class FactIndex(Struct, frozen=True):
    """All facts, by marketplace and measure, for fast lookup by day."""

    marketplaces: tuple[Marketplace, ...]
    """The marketplaces that a total needs, whether or not they have facts."""
    rates: Rates | None
    marketplaces_with_facts: frozenset[Marketplace]
    """The marketplaces that have any facts."""
    _cells: Mapping[_Key, Sequence[Fact]]
    """The facts, ordered by day."""
    _windows: Mapping[_Key, Sequence["_Window"]]
    """The days of facts that cover several days at once."""
    _covered: Mapping[_Key, Sequence[Span]]
    """The days covered by files of daily measures, as spans that do not touch."""
    _exports: Mapping[str, Sequence[Fact]]
    """All facts of each file that has facts of several days, unless some are not given."""

    @classmethod
    def from_facts(
        cls,
        facts: Iterable[Fact],
        marketplaces: Iterable[Marketplace],
        rates: Rates | None,
        cut: Collection[str] = (),
    ) -> "FactIndex":
        """Return an index of the facts; `cut` are the files of which not all facts are given."""
        cells: dict[_Key, list[Fact]] = {}
        exports: dict[str, list[Fact]] = {}
        for fact in facts:
            cells.setdefault((fact.marketplace, fact.measure), []).append(fact)
            if fact.source not in cut:
                exports.setdefault(fact.source, []).append(fact)
        for cell in cells.values():
            cell.sort(key=_day)
        windows = {key: _windows(cell) for key, cell in cells.items()}
        covered = {key: _covered(cell) for key, cell in cells.items() if key[1] in DAILY_MEASURES}
        with_facts = frozenset(marketplace for marketplace, _ in cells if marketplace != ALL)
        with_windows = {
            file: found for file, found in exports.items() if any(fact.first_day for fact in found)
        }
        return cls(tuple(marketplaces), rates, with_facts, cells, windows, covered, with_windows)

    def facts_in(self, marketplace: Marketplace, measure: Measure, span: Span) -> Sequence[Fact]:
        """Return the facts of a measure on these days."""
        cell = self._cells.get((marketplace, measure), ())
        first = bisect_left(cell, span.start, key=_day)
        return cell[first : bisect_right(cell, span.end, lo=first, key=_day)]

    def complete_facts_in(
        self, marketplace: Marketplace, measure: Measure, span: Span
    ) -> Sequence[Fact]:
        """Return the facts of a measure on these days; none if a day is not covered."""
        if self.lacks_days([marketplace], measure, span):
            return ()
        return self.facts_in(marketplace, measure, span)

    def latest_facts_in(
        self, marketplace: Marketplace, measure: Measure, span: Span
    ) -> Sequence[Fact]:
        """Return the facts of the last of these days that has any."""
        facts = self.facts_in(marketplace, measure, span)
        return [fact for fact in facts if fact.day == facts[-1].day]

    def has_straddling_facts(
        self, marketplaces: Iterable[Marketplace], measure: Measure, span: Span
    ) -> bool:
        """Return whether a fact covers these days only in part, or cannot be added to others.

        A window across the end of a week is not added to what another file tells of its days.
        """
        edges = [span.start, span.end + timedelta(days=1)]
        length = (span.end - span.start).days + 1
        inner = [span.start + timedelta(days=each) for each in range(7, length, 7)]
        return any(
            window.start < edge <= window.end
            for marketplace in marketplaces
            for window in self._windows.get((marketplace, measure), ())
            for edge in (edges + inner if window.is_beside_others else edges)
        )

    def exports_across(
        self, marketplace: Marketplace, measures: Collection[Measure], span: Span
    ) -> list[str]:
        """Return the files with an amount that covers these days, but not only days of them.

        The file that covers the latest days comes first.
        """
        places = {marketplace} if marketplace != ALL else {ALL, *self.marketplaces_with_facts}
        found = [
            file
            for file, facts in self._exports.items()
            if any(
                fact.measure in measures
                and fact.marketplace in places
                and _is_across(_days(fact), span)
                for fact in facts
            )
        ]
        windows = {file: _whole_window(self._exports[file]) for file in found}
        return sorted(
            found, key=lambda file: (windows[file].end, windows[file].start, file), reverse=True
        )

    def in_window_of(self, file: str, measures: Collection[Measure]) -> "tuple[FactIndex, Span]":
        """Return the amounts of an export, each summed for its whole window, and that window.

        Daily measures that the export does not have are taken from the other files.
        """
        facts, window = self._exports[file], _whole_window(self._exports[file])
        amounts: dict[tuple[Marketplace, Measure, Currency | None], list[float]] = {}
        for fact in facts:
            key = (fact.marketplace, fact.measure, fact.currency)
            amounts.setdefault(key, []).append(fact.amount)
        sums = [
            Fact(
                first_day=window.start,
                day=window.end,
                marketplace=marketplace,
                measure=measure,
                amount=fsum(each),
                currency=currency,
                source=file,
            )
            for (marketplace, measure, currency), each in amounts.items()
        ]
        lacking = DAILY_MEASURES.intersection(measures).difference(fact.measure for fact in facts)
        others = (
            fact
            for (_, measure), cell in self._cells.items()
            if measure in lacking
            for fact in cell
        )
        return FactIndex.from_facts((*sums, *others), self.marketplaces, self.rates), window

    def marketplaces_with(
        self, measures: Collection[Measure], spans: Sequence[Span]
    ) -> set[Marketplace]:
        """Return the marketplaces with facts of any of the measures on any of these days."""
        return {
            marketplace
            for marketplace in self.marketplaces_with_facts
            if any(
                self.facts_in(marketplace, measure, span)
                or any(_touch(each, span) for each in self._windows.get((marketplace, measure), ()))
                for measure in measures
                for span in spans
            )
        }

    def lacks_days(self, marketplaces: Iterable[Marketplace], measure: Measure, span: Span) -> bool:
        """Return whether a day of a daily measure is not covered by any file.

        It is always False for other measures, whose reports do not have a row for every day.
        """
        return measure in DAILY_MEASURES and not all(
            any(
                covered.start <= span.start and span.end <= covered.end
                for covered in self._covered.get((marketplace, measure), ())
            )
            for marketplace in marketplaces
        )

    def marketplaces_by_currency(
        self, measures: Collection[Measure]
    ) -> dict[Currency, list[Marketplace]]:
        """Return the marketplaces with amounts in a single currency, by currency."""
        by_currency: dict[Currency, list[Marketplace]] = {}
        for marketplace in sorted(self.marketplaces_with_facts):
            cells = (self._cells.get((marketplace, measure), ()) for measure in measures)
            currencies = {fact.currency for cell in cells for fact in cell if fact.currency}
            if len(currencies) == 1:
                by_currency.setdefault(currencies.pop(), []).append(marketplace)
        return dict(sorted(by_currency.items()))


def _day(fact: Fact) -> date:
    return fact.day


class _Window(Struct, frozen=True):
    """The days of a fact that covers several days at once."""

    start: date
    end: date
    is_beside_others: bool
    """Whether another file tells any of its days, of the same product."""


def _windows(cell: Sequence[Fact]) -> Sequence[_Window]:
    windows = {
        (each.first_day, each.day, each.source, each.product) for each in cell if each.first_day
    }
    spans = {
        product: _spans_by_file(each for each in cell if each.product == product)
        for product in {product for *_, product in windows}
    }
    return [
        _Window(
            first,
            last,
            any(
                other.start <= last and first <= other.end
                for name, other in spans[product].items()
                if name != file
            ),
        )
        for first, last, file, product in sorted(windows)
    ]


def _spans_by_file(facts: Iterable[Fact]) -> dict[str, Span]:
    """Return the first to the last day of each file."""
    by_file: dict[str, Span] = {}
    for fact in facts:
        first = fact.first_day or fact.day
        known = by_file.get(fact.source, Span(start=first, end=fact.day))
        by_file[fact.source] = Span(start=min(known.start, first), end=max(known.end, fact.day))
    return by_file


def _days(fact: Fact) -> Span:
    return Span(start=fact.first_day or fact.day, end=fact.day)


def _whole_window(facts: Sequence[Fact]) -> Span:
    """Return the days from the first to the last of an export."""
    return Span(
        start=min(fact.first_day or fact.day for fact in facts), end=max(fact.day for fact in facts)
    )


def _touch(window: "Span | _Window", span: Span) -> bool:
    return window.start <= span.end and span.start <= window.end


def _is_across(window: Span, span: Span) -> bool:
    """Return whether a window has days inside and outside of a span."""
    return _touch(window, span) and not (span.start <= window.start and window.end <= span.end)


def _covered(cell: Sequence[Fact]) -> Sequence[Span]:
    """Return the spans from the first to the last day of each file, merged if they touch.

    A day without a fact inside such a span is a day without clicks or sales, not a missing day.
    """
    by_file = _spans_by_file(cell)
    merged: list[Span] = []
    for span in sorted(by_file.values(), key=lambda each: each.start):
        if merged and span.start <= merged[-1].end + timedelta(days=1):
            previous = merged.pop()
            merged.append(Span(start=previous.start, end=max(previous.end, span.end)))
        else:
            merged.append(span)
    return merged
