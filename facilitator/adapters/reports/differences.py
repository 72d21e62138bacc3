"""Where two kinds of reports should say the same and do not: compared week by week."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from facilitator.adapters.reports.products import EVERY, MAIN
from facilitator.domain.kpis.facts import Disagreement, Fact, Marketplace, Measure, SourceTotal

_WEEK = 7


class Subject(NamedTuple):
    """What facts of several kinds may all be about."""

    account: str
    marketplace: Marketplace
    measure: Measure


class Said(NamedTuple):
    """A fact, the kind of report that says it, and how much that is believed."""

    rank: int
    kind: str
    fact: Fact
    is_snapshot: bool


def days_of(fact: Fact) -> range:
    """The days that a fact covers, as ordinals."""
    return range((fact.first_day or fact.day).toordinal(), fact.day.toordinal() + 1)


def differences(
    subject: Subject, said: Sequence[Said], partial: Collection[str], tolerance: float
) -> Iterator[Disagreement]:
    """The most believed kind against each other one, in each currency."""
    ranked = sorted(said, key=lambda each: (each.fact.currency or "", each.rank), reverse=True)
    for currency, same in groupby(ranked, key=lambda each: each.fact.currency):
        kinds = [list(each) for _, each in groupby(same, key=lambda each: each.rank)]
        for best, each, product in _comparable(kinds):
            weeks = _weeks(facts_of(best), facts_of(each))
            if any(one.is_snapshot for one in (*best, *each)):
                weeks = ({max(week)} for week in weeks)  # stock is not added up over days
            span = _differing(weeks, facts_of(best), facts_of(each), tolerance)
            if span is None:
                continue
            believed, other = _voice(best, span), _voice(each, span)
            yield Disagreement(
                measure=subject.measure,
                marketplace=subject.marketplace,
                currency=currency,
                first_day=date.fromordinal(min(span)),
                last_day=date.fromordinal(max(span)),
                believed=believed,
                other=other,
                product=product,
                is_expected=other.kind in partial and other.amount < believed.amount,
            )


def _comparable(
    kinds: Sequence[Sequence[Said]],
) -> Iterator[tuple[Sequence[Said], Sequence[Said], str]]:
    """Pairs that should say the same, the better first, and the product where several are told.

    Where one does not tell its product, it is compared with all of the other: unless that is
    about a smaller product alone.
    """
    best, *others = kinds
    for each in others:
        products = [_products(best), _products(each)]
        is_whole = any(EVERY in told for told in products)
        if is_whole and all(told.intersection((EVERY, MAIN)) for told in products):
            yield best, each, ""
    every = set[str]().union(*map(_products, kinds))
    for product in sorted(every - {EVERY}):
        about = [[one for one in kind if one.fact.product == product] for kind in kinds]
        best_of, *others_of = filter(None, about)
        for other in others_of:
            yield best_of, other, product if len(every) > 1 else ""


def _products(said: Iterable[Said]) -> set[str]:
    return {each.fact.product for each in said}


def facts_of(said: Iterable[Said]) -> list[Fact]:
    """What was said, without who said it."""
    return [each.fact for each in said]


def _common_days(one: Sequence[Fact], other: Sequence[Fact]) -> set[int]:
    """The days that both cover; a week in one row counts only where all of it is covered."""
    days = {day for fact in one for day in days_of(fact)}
    days &= {day for fact in other for day in days_of(fact)}
    while True:
        uncovered = (fact for fact in (*one, *other) if not days.issuperset(days_of(fact)))
        cut = days.intersection(day for fact in uncovered for day in days_of(fact))
        if not cut:
            return days
        days -= cut


def _differing(
    weeks: Iterable[set[int]], one: Sequence[Fact], other: Sequence[Fact], tolerance: float
) -> set[int] | None:
    """The latest weeks in a row in which the two differ, as days; None where they agree."""
    span: set[int] = set()
    for week in weeks:
        left, right = _amount(one, week), _amount(other, week)
        if abs(left - right) > tolerance * max(abs(left), abs(right)):
            span |= week
        elif span:
            break
    return span or None


def _weeks(one: Sequence[Fact], other: Sequence[Fact]) -> Iterator[set[int]]:
    """The days that both cover by weeks that end with the last of them, the latest first.

    Where a row goes across the end of a week, that week and the next are one.
    """
    days = _common_days(one, other)
    if not days:
        return
    straddled = {day for fact in (*one, *other) for day in days_of(fact)[:-1] if day in days}
    last = before = max(days)
    week: set[int] = set()
    for day in sorted(days, reverse=True):
        is_new = (last - day) // _WEEK != (last - before) // _WEEK
        if is_new and day not in straddled:
            yield week
            week = set()
        week.add(day)
        before = day
    yield week


def _amount(facts: Iterable[Fact], days: set[int]) -> float:
    return math.fsum(fact.amount for fact in facts if fact.day.toordinal() in days)


def _voice(said: Sequence[Said], days: set[int]) -> SourceTotal:
    facts = [each.fact for each in said if each.fact.day.toordinal() in days]
    return SourceTotal(
        kind=said[0].kind,
        files=tuple(sorted({fact.source for fact in facts})),
        amount=round(math.fsum(fact.amount for fact in facts), 6),
    )
