"""Many reports, one voice: which is believed where several say the same, and where they differ."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from facilitator.adapters.reports.kinds import Known
from facilitator.adapters.reports.overlaps import account_of
from facilitator.adapters.reports.reading import FileReading
from facilitator.domain.errors import N_, Problem, Severity, message
from facilitator.domain.facts import Disagreement, Fact, Marketplace, Measure, Voice

TOLERANCE = 0.05
"""How far two kinds may differ, as a share of the larger amount, and still be said to agree."""

_WEEK = 7


class _Subject(NamedTuple):
    """What facts of several kinds may all be about."""

    account: str
    marketplace: Marketplace
    measure: Measure


class _Said(NamedTuple):
    """A fact, the kind of report that says it, and how much that is believed."""

    rank: int
    kind: str
    fact: Fact
    is_snapshot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneVoice:
    """What is believed of all that was said."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    disagreements: tuple[Disagreement, ...]


def one_voice(
    readings: Sequence[FileReading],
    known: Known,
    since: date | None = None,
    tolerance: float = TOLERANCE,
) -> OneVoice:
    """Where kinds of reports say the same measure of a day, believe the most complete one.

    Kinds of the same rank speak of different things, such as returns to Amazon and returns to
    the seller: they add up.
    Facts of days before `since` are left out. Accounts speak for themselves and add up.
    """
    subjects = _by_subject(readings, known, since)
    partial = {each.id for each in known.kinds if each.is_partial}
    problems: dict[str, Problem] = {}
    facts: list[Fact] = []
    disagreements: list[Disagreement] = []
    for subject, said in subjects.items():
        facts += _believed(said, problems)
        disagreements += _disagreements(subject, said, partial, tolerance)
    order = {each.source.file: place for place, each in enumerate(readings)}
    return OneVoice(
        facts=tuple(sorted(facts, key=lambda each: (order[each.source], each.day))),
        problems=tuple(sorted(problems.values(), key=lambda each: order[each.file])),
        disagreements=tuple(disagreements),
    )


def _by_subject(
    readings: Sequence[FileReading], known: Known, since: date | None
) -> dict[_Subject, list[_Said]]:
    subjects: dict[_Subject, list[_Said]] = {}
    for reading in readings:
        found = known.kind(reading.source.kind)
        rank, is_snapshot = (found.rank, found.is_snapshot) if found else (0, False)
        account = account_of(reading.source.file)
        for fact in reading.facts:
            if since is None or fact.day >= since:
                subject = _Subject(account, fact.marketplace, fact.measure)
                said = _Said(rank, reading.source.kind, fact, is_snapshot)
                subjects.setdefault(subject, []).append(said)
    return subjects


def _days(fact: Fact) -> range:
    """The days that a fact covers, as ordinals."""
    return range((fact.first_day or fact.day).toordinal(), fact.day.toordinal() + 1)


def _believed(said: Sequence[_Said], problems: dict[str, Problem]) -> Iterator[Fact]:
    """The facts that no better kind says; of each file that is outdone a problem is noted.

    A week in one row gives way as soon as a better kind tells one of its days: nothing is
    ever counted twice.
    """
    ranked = sorted(said, key=lambda each: each.rank, reverse=True)
    told: dict[int, str] = {}
    for _, same in groupby(ranked, key=lambda each: each.rank):
        kept: list[Fact] = []
        for fact in _facts(same):
            better = [told.get(day) for day in _days(fact)]
            if any(better):
                problems.setdefault(fact.source, _outdone(fact, better))
            else:
                kept.append(fact)
        yield from kept
        told.update({day: fact.source for fact in kept for day in _days(fact)})


def _outdone(fact: Fact, better: Sequence[str | None]) -> Problem:
    other = next(each for each in better if each)
    if all(better):
        said = message(
            N_("{other} says the same of these days more completely, so it is believed."),
            other=other,
        )
    else:
        said = message(
            N_("{other} says some of the days from {first} to {last}, so only these are counted."),
            other=other,
            first=(fact.first_day or fact.day).isoformat(),
            last=fact.day.isoformat(),
        )
    return Problem(file=fact.source, message=said, severity=Severity.WARNING)


def _disagreements(
    subject: _Subject, said: Sequence[_Said], partial: Collection[str], tolerance: float
) -> Iterator[Disagreement]:
    """The most believed kind against each other one, in each currency."""
    ranked = sorted(said, key=lambda each: (each.fact.currency or "", each.rank), reverse=True)
    for currency, same in groupby(ranked, key=lambda each: each.fact.currency):
        best, *others = (list(each) for _, each in groupby(same, key=lambda each: each.rank))
        for each in others:
            weeks = _weeks(_facts(best), _facts(each))
            if any(one.is_snapshot for one in (*best, *each)):
                weeks = ({max(week)} for week in weeks)  # stock is not added up over days
            span = _differing(weeks, _facts(best), _facts(each), tolerance)
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
                is_expected=other.kind in partial and other.amount < believed.amount,
            )


def _facts(said: Iterable[_Said]) -> list[Fact]:
    return [each.fact for each in said]


def _common_days(one: Sequence[Fact], other: Sequence[Fact]) -> set[int]:
    """The days that both cover; a week in one row counts only where all of it is covered."""
    days = {day for fact in one for day in _days(fact)}
    days &= {day for fact in other for day in _days(fact)}
    while True:
        uncovered = (fact for fact in (*one, *other) if not days.issuperset(_days(fact)))
        cut = days.intersection(day for fact in uncovered for day in _days(fact))
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
    straddled = {day for fact in (*one, *other) for day in _days(fact)[:-1] if day in days}
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


def _voice(said: Sequence[_Said], days: set[int]) -> Voice:
    facts = [each.fact for each in said if each.fact.day.toordinal() in days]
    return Voice(
        kind=said[0].kind,
        files=tuple(sorted({fact.source for fact in facts})),
        amount=round(math.fsum(fact.amount for fact in facts), 6),
    )
