"""Amounts that no KPI week gets, as a window across the end of a week is among them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import Currency, Fact, LeftOut, LeftOutReason, Measure, Source
from facilitator.domain.kpis.kpi import Week, week_of
from facilitator.domain.kpis.measures import WEEKLY_MEASURES

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As the agenda writes them."""


def unplaced_facts(facts: Iterable[Fact], week_ends_on: int = 6) -> tuple[Fact, ...]:
    """Return the facts that no KPI week gets; weeks end on a weekday: Monday 0 … Sunday 6.

    Those are windows across the end of a week, and what else their file tells of the weeks that
    they touch, as it is a remnant. Amazon's own weeks are taken as they are.
    """
    told = [
        (fact, _weeks_of(fact, week_ends_on))
        for fact in facts
        if fact.measure not in WEEKLY_MEASURES
    ]
    unknown = {
        (fact.source, fact.marketplace, fact.measure, week)
        for fact, weeks in told
        if len(weeks) > 1
        for week in weeks
    }
    return tuple(
        fact
        for fact, weeks in told
        if any((fact.source, fact.marketplace, fact.measure, week) in unknown for week in weeks)
    )


def _weeks_of(fact: Fact, week_ends_on: int) -> tuple[Week, ...]:
    """Return the weeks that a fact touches."""
    weeks = [week_of(fact.day, week_ends_on)]
    while fact.first_day is not None and fact.first_day < weeks[-1].start:
        weeks.append(weeks[-1].back(1))
    return tuple(weeks)


def left_out_as(reason: LeftOutReason, facts: Iterable[Fact]) -> tuple[LeftOut, ...]:
    """Return the amounts of facts that are not counted, by measure and currency."""
    return tuple(
        LeftOut(
            measure=measure,
            currency=currency,
            amount=round(sum(fact.amount for fact in each), 6),
            rows=sum(fact.rows for fact in each),
            reason=reason,
        )
        for (measure, currency), each in _by_measure(facts).items()
    )


def add_left_out(sources: Iterable[Source], unplaced: Iterable[Fact]) -> tuple[Source, ...]:
    """Return the sources with the amounts of their facts that no KPI week gets."""
    lost = {file: left_out_as("unplaced", facts) for file, facts in _by_file(unplaced).items()}
    return tuple(
        replace(each, left_out=(*each.left_out, *lost.get(each.file, ()))) for each in sources
    )


def unplaced_diagnostics(unplaced: Iterable[Fact]) -> tuple[Diagnostic, ...]:
    """Return a warning for each file with facts that no KPI week gets."""
    return tuple(_diagnostic(file, facts) for file, facts in _by_file(unplaced).items())


def _diagnostic(file: str, facts: Sequence[Fact]) -> Diagnostic:
    amount, currency = dearest(facts)
    return Diagnostic(
        file=file,
        rows=max(sum(fact.rows for fact in each) for each in _by_measure(facts).values()),
        message=message(
            N_(
                "Some rows reach across KPI weeks, so this file counts for no week from {first} "
                "to {last}."
            ),
            first=min(fact.first_day or fact.day for fact in facts).isoformat(),
            last=max(fact.day for fact in facts).isoformat(),
        ),
        hint=_hint(facts),
        severity=Severity.WARNING,
        amount=amount,
        currency=currency,
    )


def _hint(facts: Sequence[Fact]) -> Message:
    weekday = _common_weekday(facts)
    if weekday is None:
        return message(
            N_("Export it by day (time unit “Daily”), or each KPI week in a file of its own.")
        )
    return message(
        N_(
            "Export it by day (time unit “Daily”). Or, as all its weeks end on one weekday, set "
            '`week_ends_on = "{weekday}"` under [data] in the agenda.'
        ),
        weekday=_WEEKDAYS[weekday],
    )


def _common_weekday(facts: Iterable[Fact]) -> int | None:
    """Return the weekday on which all windows end, if they fit weeks that end on it; else None."""
    found = {fact.day.weekday() for fact in facts}
    is_short = all(fact.first_day and fact.day - fact.first_day < timedelta(7) for fact in facts)
    return found.pop() if len(found) == 1 and is_short else None


def _by_file(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.source, []).append(fact)
    return found


def _by_measure(facts: Iterable[Fact]) -> dict[tuple[Measure, Currency | None], list[Fact]]:
    found: dict[tuple[Measure, Currency | None], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.measure, fact.currency), []).append(fact)
    return found


def dearest(facts: Iterable[Fact]) -> tuple[float, str]:
    """Return the largest amount of money among the measures, and its currency."""
    amounts = [
        (round(sum(fact.amount for fact in each), 6), currency)
        for (_, currency), each in _by_measure(facts).items()
        if currency is not None
    ]
    return max(amounts, key=lambda each: abs(each[0]), default=(0.0, ""))
