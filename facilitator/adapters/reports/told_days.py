"""Find which days facts tell, and which facts yield to others that tell them better."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from facilitator.adapters.reports.ad_products import comparable_products
from facilitator.domain.kpis.facts import Fact
from facilitator.domain.kpis.kpi import week_of
from facilitator.domain.kpis.unplaced import unplaced_facts

_WEEK = 7


def days_of(fact: Fact) -> range:
    """Return the days that a fact covers, as ordinals."""
    return range((fact.first_day or fact.day).toordinal(), fact.day.toordinal() + 1)


class ToldDays:
    """The days that were told so far, by ad product, each with a file that tells it."""

    def __init__(self) -> None:
        self._files: dict[str, dict[int, str]] = {}
        self._days: dict[str, list[int]] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in the days of facts."""
        for fact in facts:
            files = self._files.setdefault(fact.product, {})
            ordered = self._days.setdefault(fact.product, [])
            for day in days_of(fact):
                if day not in files:
                    insort(ordered, day)
                files[day] = fact.source

    def first_told(self, days: range, products: Iterable[str]) -> tuple[str, str] | None:
        """Return the product and the file of the first of these days that is told of any."""
        found = [
            (ordered[at], place, product)
            for place, product in enumerate(products)
            if (ordered := self._days.get(product))
            and (at := bisect_left(ordered, days.start)) < len(ordered)
            and ordered[at] < days.stop
        ]
        if not found:
            return None
        day, _, product = min(found)
        return product, self._files[product][day]

    def cover(self, days: range, products: Iterable[str]) -> bool:
        """Return whether each of these days is told of one of the products."""
        told: set[int] = set()
        for product in products:
            ordered = self._days.get(product, [])
            first = bisect_left(ordered, days.start)
            last = bisect_right(ordered, days[-1], lo=first)
            if last - first == len(days):
                return True
            told.update(ordered[first:last])
        return len(told) == len(days)


Standing = Literal["counted", "unsure", "compared"]
"""Whether a fact counts; whether it is unsure, since a window across the end of a week is behind
it; or whether it is only compared with the days of another file."""


def standings(said: Sequence[tuple[str, Fact]], week_ends_on: int) -> list[Standing]:
    """Return the standing of each fact, given with its report type.

    Unsure are windows across the end of a week, and what else their file tells of the weeks that
    they touch, since it is a remnant. Compared are windows whose days another file of the type
    tells one by one.
    """
    unsure = set(map(id, unplaced_facts((fact for _, fact in said), week_ends_on)))
    one_by_one: dict[tuple[str, str, int], set[str]] = {}
    if any(fact.first_day for _, fact in said):
        for kind, fact in said:
            if len(days_of(fact)) == 1:
                key = kind, fact.product, fact.day.toordinal()
                one_by_one.setdefault(key, set()).add(fact.source)

    def standing(kind: str, fact: Fact) -> Standing:
        if id(fact) in unsure:
            return "unsure"
        days, products = days_of(fact), comparable_products(fact.product)
        is_told = len(days) > 1 and all(
            any(one_by_one.get((kind, each, day), set()) - {fact.source} for each in products)
            for day in days
        )
        return "compared" if is_told else "counted"

    return [standing(kind, fact) for kind, fact in said]


def span_of(facts: Sequence[Fact]) -> range:
    """Return the first to the last day of facts, as ordinals."""
    windows = [days_of(each) for each in facts]
    return range(min(each.start for each in windows), max(each.stop for each in windows))


def last_weeks_of(facts: Sequence[Fact], week_ends_on: int) -> list[range]:
    """Return the last week that a file's facts reach, as far as they do, and the last whole one."""
    span = span_of(facts)
    end = week_of(date.fromordinal(span[-1]), week_ends_on).end.toordinal() + 1
    whole_end = end if end == span.stop else end - _WEEK
    weeks = [range(max(end - _WEEK, span.start), span.stop)]
    if whole_end - _WEEK >= span.start:
        weeks.append(range(whole_end - _WEEK, whole_end))
    return weeks
