"""Amounts that no KPI week gets: windows across the end of a week, and days after today."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import Currency, Fact, LeftOut, Measure, Source
from facilitator.domain.kpis.kpi import week_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As the agenda writes them."""


def is_in_one_week(fact: Fact, week_ends_on: int = 6) -> bool:
    """Return whether all days of a fact lie in one week, which ends on a weekday: Monday 0 …"""
    return fact.first_day is None or fact.first_day in week_of(fact.day, week_ends_on)


def unplaced_facts(
    facts: Iterable[Fact], week_ends_on: int = 6, today: date | None = None
) -> tuple[Fact, ...]:
    """Return the facts that no KPI week gets; those of days after `today` are among them."""
    return tuple(
        fact
        for fact in facts
        if not is_in_one_week(fact, week_ends_on) or (today is not None and fact.day > today)
    )


def left_out_as_unplaced(facts: Iterable[Fact]) -> tuple[LeftOut, ...]:
    """Return the amounts of facts that no KPI week gets, by measure and currency."""
    return tuple(
        LeftOut(
            measure=measure,
            currency=currency,
            amount=round(sum(fact.amount for fact in each), 6),
            rows=sum(fact.rows for fact in each),
            reason="unplaced",
        )
        for (measure, currency), each in _by_measure(facts).items()
    )


def add_left_out(sources: Iterable[Source], unplaced: Sequence[Fact]) -> tuple[Source, ...]:
    """Return the sources with the amounts of their facts that no KPI week gets."""
    by_file: dict[str, list[Fact]] = {}
    for fact in unplaced:
        by_file.setdefault(fact.source, []).append(fact)
    return tuple(
        replace(each, left_out=(*each.left_out, *left_out_as_unplaced(by_file.get(each.file, ()))))
        for each in sources
    )


def unplaced_diagnostics(unplaced: Iterable[Fact], week_ends_on: int = 6) -> tuple[Diagnostic, ...]:
    """Return a warning for each file with windows that no KPI week gets."""
    by_file: dict[str, list[Fact]] = {}
    for fact in unplaced:
        if fact.first_day is not None and not is_in_one_week(fact, week_ends_on):
            by_file.setdefault(fact.source, []).append(fact)
    return tuple(_diagnostic(file, facts) for file, facts in by_file.items())


def _diagnostic(file: str, facts: Sequence[Fact]) -> Diagnostic:
    amount, currency = _dearest(facts)
    return Diagnostic(
        file=file,
        rows=max(sum(fact.rows for fact in each) for each in _by_measure(facts).values()),
        message=message(
            N_("Rows cover days of several KPI weeks ({first} – {last}), so no week gets them."),
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


def _by_measure(facts: Iterable[Fact]) -> dict[tuple[Measure, Currency | None], list[Fact]]:
    found: dict[tuple[Measure, Currency | None], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.measure, fact.currency), []).append(fact)
    return found


def _dearest(facts: Iterable[Fact]) -> tuple[float, str]:
    """Return the largest amount of money among the measures, and its currency."""
    amounts = [
        (round(sum(fact.amount for fact in each), 6), currency)
        for (_, currency), each in _by_measure(facts).items()
        if currency is not None
    ]
    return max(amounts, key=lambda each: abs(each[0]), default=(0.0, ""))
