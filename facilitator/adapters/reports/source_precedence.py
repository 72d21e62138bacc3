"""Choose the most complete source for each day; report where sources disagree.

Disagreements are found week by week, where two report types should say the same.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct

from facilitator.adapters.reports.ad_products import (
    SPONSORED_PRODUCTS,
    UNSPECIFIED,
    all_ad_products,
    comparable_products,
)
from facilitator.adapters.reports.deduplicate import account_of
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.told_days import (
    Standing,
    ToldDays,
    days_of,
    last_weeks_of,
    span_of,
    standings,
)
from facilitator.domain.errors import N_, Diagnostic, message, warning
from facilitator.domain.kpis.facts import (
    Disagreement,
    Fact,
    Marketplace,
    Measure,
    SourceTotal,
    WeekDifference,
)

_WEEK = 7
_BEHIND = 1000
"""Taken from the rank of facts that do not count where others tell their days."""


class _FactKey(NamedTuple):
    """What facts of several report types have in common."""

    account: str
    marketplace: Marketplace
    measure: Measure


class _RankedFact(NamedTuple):
    """A fact with its report type and the rank of that."""

    rank: int
    kind: str
    fact: Fact
    is_snapshot: bool
    standing: Standing = "counted"


def _find_disagreements(
    subject: _FactKey, said: Sequence[_RankedFact], partial: Collection[str], tolerance: float
) -> Iterator[Disagreement]:
    """Compare the type of the highest rank with each other type, in each currency."""
    ranked = sorted(said, key=lambda each: (each.fact.currency or "", each.rank), reverse=True)
    for currency, same in groupby(ranked, key=lambda each: each.fact.currency):
        kinds = [list(each) for _, each in groupby(same, key=lambda each: each.rank)]
        for best, each, product in _comparable(kinds):
            weeks = _weeks(_facts_of(best), _facts_of(each))
            if any(one.is_snapshot for one in (*best, *each)):
                weeks = ({max(week)} for week in weeks)  # stock is not added up over days
            differing = _differing(weeks, _facts_of(best), _facts_of(each), tolerance)
            if not differing:
                continue
            span = set[int]().union(*(days for days, _ in differing))
            believed, other = _voice(best, span), _voice(each, span)
            told = tuple(difference for _, difference in reversed(differing))
            yield Disagreement(
                measure=subject.measure,
                marketplace=subject.marketplace,
                currency=currency,
                first_day=date.fromordinal(min(span)),
                last_day=date.fromordinal(max(span)),
                believed=believed,
                other=other,
                product=product,
                is_expected=other.kind in partial
                and all(week.other < week.believed for week in told),
                weeks=told if len(told) > 1 else (),
            )


def _comparable(
    kinds: Sequence[Sequence[_RankedFact]],
) -> Iterator[tuple[Sequence[_RankedFact], Sequence[_RankedFact], str]]:
    """Yield pairs of sources that should agree, the better first, with their ad product.

    If one has no product, it is compared with all of the other, unless that is
    about a smaller product alone.
    """
    best, *others = kinds
    for each in others:
        products = [_products(best), _products(each)]
        is_whole = any(UNSPECIFIED in told for told in products)
        if is_whole and all(
            told.intersection((UNSPECIFIED, SPONSORED_PRODUCTS)) for told in products
        ):
            yield best, each, ""
    every = set[str]().union(*map(_products, kinds))
    for product in sorted(every - {UNSPECIFIED}):
        about = [[one for one in kind if one.fact.product == product] for kind in kinds]
        best_of, *others_of = filter(None, about)
        for other in others_of:
            yield best_of, other, product if len(every) > 1 else ""


def _products(said: Iterable[_RankedFact]) -> set[str]:
    return {each.fact.product for each in said}


def _facts_of(said: Iterable[_RankedFact]) -> list[Fact]:
    """Return the facts without their sources."""
    return [each.fact for each in said]


def _common_days(one: Sequence[Fact], other: Sequence[Fact]) -> set[int]:
    """Return the days that both cover; those of a window only if all of it is covered."""
    days = _covered([*map(days_of, one)]) & _covered([*map(days_of, other)])
    windows = {window for window in map(days_of, (*one, *other)) if len(window) > 1}
    while cut := {window for window in windows if not days.issuperset(window)}:
        windows -= cut
        days -= _covered(cut)
    return days


def _covered(windows: Iterable[range]) -> set[int]:
    """Return the days in any of the windows, each looked at about once."""
    days: set[int] = set()
    end = 0
    for first, stop in sorted({(window.start, window.stop) for window in windows}):
        days.update(range(max(first, end), stop))
        end = max(end, stop)
    return days


def _differing(
    weeks: Iterable[set[int]], one: Sequence[Fact], other: Sequence[Fact], tolerance: float
) -> list[tuple[set[int], WeekDifference]]:
    """Return the latest consecutive weeks that differ, newest first: their days and amounts."""
    found: list[tuple[set[int], WeekDifference]] = []
    for week in weeks:
        left, right = _amount(one, week), _amount(other, week)
        if abs(left - right) > tolerance * max(abs(left), abs(right)):
            difference = WeekDifference(
                first_day=date.fromordinal(min(week)),
                last_day=date.fromordinal(max(week)),
                believed=round(left, 6),
                other=round(right, 6),
            )
            found.append((week, difference))
        elif found:
            break
    return found


def _weeks(one: Sequence[Fact], other: Sequence[Fact]) -> Iterator[set[int]]:
    """Yield the days that both cover in weeks, counted back from the last day.

    A row across the end of a week joins it with the next.
    """
    days = _common_days(one, other)
    if not days:
        return
    straddled = _covered(days_of(fact)[:-1] for fact in (*one, *other)) & days
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


def _voice(said: Sequence[_RankedFact], days: set[int]) -> SourceTotal:
    facts = [each.fact for each in said if each.fact.day.toordinal() in days]
    return SourceTotal(
        kind=said[0].kind,
        files=tuple(sorted({fact.source for fact in facts})),
        amount=round(math.fsum(fact.amount for fact in facts), 6),
    )


TOLERANCE = 0.05
"""The difference up to which two types agree, as a fraction of the larger amount."""


class ReconciledFacts(Struct, frozen=True, kw_only=True):
    """The facts that count, and what was left out."""

    facts: tuple[Fact, ...]
    problems: tuple[Diagnostic, ...]
    disagreements: tuple[Disagreement, ...]


def reconcile(
    readings: Sequence[FileReading],
    known: ReportTypes,
    since: date | None = None,
    tolerance: float = TOLERANCE,
    week_ends_on: int = 6,
) -> ReconciledFacts:
    """Return for each day and measure the facts of the most complete report type.

    Types of the same rank are about different things, such as returns to Amazon and returns to the
    seller: they add up. So do ad products, whatever their report type, and seller accounts.
    Windows across the end of a week (on the weekday `week_ends_on`: Monday 0 …) count only where
    no others tell their days. Facts of days before `since` are left out.
    """
    subjects = _by_subject(readings, known, since)
    partial = {each.id for each in known.kinds if each.is_partial}
    problems: dict[str, Diagnostic] = {}
    facts: list[Fact] = []
    disagreements: list[Disagreement] = []
    for subject, every in subjects.items():
        said = _with_standings(every, week_ends_on)
        facts += _most_complete_facts(said, problems, week_ends_on)
        disagreements += _find_disagreements(subject, said, partial, tolerance)
    order = {each.source.file: place for place, each in enumerate(readings)}
    return ReconciledFacts(
        facts=tuple(sorted(facts, key=lambda each: (order[each.source], each.day))),
        problems=tuple(sorted(problems.values(), key=lambda each: order[each.file])),
        disagreements=tuple(disagreements),
    )


def _by_subject(
    readings: Sequence[FileReading], known: ReportTypes, since: date | None
) -> dict[_FactKey, list[_RankedFact]]:
    subjects: dict[_FactKey, list[_RankedFact]] = {}
    for reading in readings:
        found = known.kind(reading.source.kind)
        rank, is_snapshot = (found.rank, found.is_snapshot) if found else (0, False)
        account = account_of(reading.source.file)
        for fact in reading.facts:
            if since is None or fact.day >= since:
                subject = _FactKey(account, fact.marketplace, fact.measure)
                said = _RankedFact(rank, reading.source.kind, fact, is_snapshot)
                subjects.setdefault(subject, []).append(said)
    return subjects


def _with_standings(said: Sequence[_RankedFact], week_ends_on: int) -> list[_RankedFact]:
    """Return the facts with their standing; those that yield to others have ranks behind all."""
    found = standings([(each.kind, each.fact) for each in said], week_ends_on)
    return [
        each
        if standing == "counted"
        else each._replace(rank=each.rank - _BEHIND, standing=standing)
        for each, standing in zip(said, found, strict=True)
    ]


def _most_complete_facts(
    said: Sequence[_RankedFact], problems: dict[str, Diagnostic], week_ends_on: int
) -> Iterator[Fact]:
    """Return the facts that no better type has; report each file that is not used.

    A window of several days is dropped if a better type has one of its days, so that nothing is
    counted twice. Windows that no week counts are dropped where others tell the last of their
    weeks.
    """
    ranked = sorted(said, key=lambda each: each.rank, reverse=True)
    told = ToldDays()
    counted = (each for each in ranked if each.standing == "counted")
    for _, same in groupby(counted, key=lambda each: each.rank):
        kept: list[Fact] = []
        for fact in _facts_of(same):
            better = told.first_told(days_of(fact), comparable_products(fact.product))
            if better is not None:
                if fact.source not in problems:
                    problems[fact.source] = _superseded_diagnostic(fact, better[1], told)
                continue
            kept.append(fact)
            if (
                fact.product == UNSPECIFIED
                and fact.source not in problems
                and (beside := told.first_told(days_of(fact), all_ad_products()))
            ):
                problems[fact.source] = _unspecified_product_diagnostic(fact, *beside)
        yield from kept
        told.add(kept)
    yield from _unsure_facts(ranked, told, problems, week_ends_on)


def _unsure_facts(
    said: Iterable[_RankedFact],
    told: ToldDays,
    problems: dict[str, Diagnostic],
    week_ends_on: int,
) -> Iterator[Fact]:
    """Return the windows that no week counts; all of a file or none, as they make one reading.

    Of two exports of a type for different days that overlap, only the later is used.
    """
    unsure: dict[tuple[str, str, str], list[Fact]] = {}
    for each in said:
        if each.standing == "unsure":
            key = each.kind, each.fact.product, each.fact.source
            unsure.setdefault(key, []).append(each.fact)
        elif each.standing == "compared":
            _tell_compared(each.fact, told, problems)
    used: dict[tuple[str, str], list[tuple[range, str]]] = {}
    latest_first = sorted(unsure.items(), key=lambda each: _latest_last(each[1]), reverse=True)
    for (kind, product, file), facts in latest_first:
        last_weeks, span = last_weeks_of(facts, week_ends_on), span_of(facts)
        later = used.setdefault((kind, product), [])
        other = next((name for days, name in later if days != span and _overlap(days, span)), None)
        if any(told.cover(week, comparable_products(product)) for week in last_weeks):
            _tell_compared(max(facts, key=lambda each: each.day), told, problems)
        elif other is not None:
            problems.setdefault(file, _other_days_diagnostic(file, other))
        else:
            later.append((span, file))
            yield from facts


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _latest_last(facts: Sequence[Fact]) -> tuple[int, int, str]:
    """Return an order of exports: by their last day, then by how many days they cover."""
    span = span_of(facts)
    return span[-1], len(span), facts[0].source


def _other_days_diagnostic(file: str, other: str) -> Diagnostic:
    return warning(
        file,
        message(
            N_("{other} has later days and some of the same ones, so only that file was used."),
            other=other,
        ),
    )


def _tell_compared(fact: Fact, told: ToldDays, problems: dict[str, Diagnostic]) -> None:
    """Say that windows are only compared with the days that another file tells."""
    other = told.first_told(days_of(fact), comparable_products(fact.product))
    if other is not None and fact.source not in problems:
        said = message(
            N_("{other} has figures by day for the same time, so it was used instead."),
            other=other[1],
        )
        problems[fact.source] = warning(fact.source, said)


def _unspecified_product_diagnostic(fact: Fact, product: str, other: str) -> Diagnostic:
    """Warn that an amount without a product, counted in full, may include another report."""
    return warning(
        fact.source,
        message(
            N_(
                "{other} covers some of these days for {product} only, and this file does not say "
                "which ad product it is for. Both are counted."
            ),
            other=other,
            product=product,
        ),
        message(
            N_(
                "Export it with the column “Ad product”, or put the ad product into the file's "
                "name: {name}."
            ),
            name=_named_for(fact.source, "SP"),
        ),
    )


def _superseded_diagnostic(fact: Fact, other: str, told: ToldDays) -> Diagnostic:
    days = days_of(fact)
    if told.cover(days, comparable_products(fact.product)):
        said = message(
            N_("{other} is more complete for these days, so it was used instead."),
            other=other,
        )
    else:
        said = message(
            N_(
                "{other} covers some of the days from {first} to {last}, so only those were "
                "counted."
            ),
            other=other,
            first=(fact.first_day or fact.day).isoformat(),
            last=fact.day.isoformat(),
        )
    is_alike = told.first_told(days, (fact.product,)) is not None
    unclear = fact.source if fact.product == UNSPECIFIED else other
    hint = message(
        N_("If {file} is for one ad product only, put the ad product into its name: {name}."),
        file=unclear,
        name=_named_for(unclear, "SB"),
    )
    return warning(fact.source, said, None if is_alike else hint)


def _named_for(file: str, product: str) -> str:
    """Return a file's name with an ad product in it."""
    path = PurePosixPath(file)
    return path.with_stem(f"{product}_{path.stem}").name
