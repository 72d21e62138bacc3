"""Settle which days a file covers, once all files and today's date are known."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from facilitator.adapters.reports.deduplicate import account_of
from facilitator.adapters.reports.file_reading import FileReading, without_facts
from facilitator.adapters.reports.report_facts import fill_missing_days
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.time_units import TimeUnit, open_unit_diagnostic
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.kpis.unplaced import dearest, left_out_as

_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
"""A period that has begun may end so many days after today."""


def settle(
    readings: Sequence[FileReading],
    known: ReportTypes,
    today: date | None = None,
    written_on: Mapping[str, date] = {},
) -> tuple[list[FileReading], list[Diagnostic]]:
    """Return the readings with the facts of the days that they cover, and diagnostics.

    Without `today` all dates are taken as they are. `written_on` is the day of each file: a row
    that is dated after that is wrong; one between `today` and that day is only too new for a week
    that is looked at later.

    A single date that may stand for a week or a month is a day if another file tells the day
    before or after it. Facts of days after `today` are left out, and so are the days without any
    event before them.
    """
    if today is None:
        return list(readings), []
    found: list[FileReading] = []
    problems: list[Diagnostic] = []
    for reading in readings:
        kind = known.kind(reading.source.kind)
        settled = _with_unit(reading, readings)
        if settled.unit.is_open and reading.facts:
            day = reading.facts[0].day
            problems.append(open_unit_diagnostic(reading.source.file, day, reading.unit))
        settled, doubts = _until(settled, today, written_on)
        problems += doubts
        is_wrong = any(each.severity is Severity.ERROR for each in doubts)
        if kind is not None and kind.lists_events and is_wrong:
            events = [fact for fact in settled.facts if fact.rows]
            settled = replace(settled, facts=fill_missing_days(events))
        found.append(settled)
    return found, problems


def _with_unit(reading: FileReading, readings: Sequence[FileReading]) -> FileReading:
    """Return the reading without facts if neither its dates nor other files tell its days."""
    if not reading.unit.is_open or not reading.facts:
        return reading
    day = reading.facts[0].day
    if reading.unit is not TimeUnit.SWAPPED and _has_neighbour(reading, day, readings):
        return replace(reading, unit=TimeUnit.DAY)
    return without_facts(reading, reading.facts, "unplaced")


def _has_neighbour(reading: FileReading, day: date, readings: Sequence[FileReading]) -> bool:
    """Return whether another file of its kind tells the day before or after by itself."""
    source = reading.source
    return any(
        fact.first_day is None and abs(fact.day - day) == _DAY
        for other in readings
        if other is not reading
        and other.source.kind == source.kind
        and account_of(other.source.file) == account_of(source.file)
        and not set(other.source.marketplaces).isdisjoint(source.marketplaces)
        for fact in other.facts
    )


def _until(
    reading: FileReading, today: date, written_on: Mapping[str, date]
) -> tuple[FileReading, list[Diagnostic]]:
    """Return the reading without facts of days after today, and what to say of these."""
    late = [
        fact
        for fact in reading.facts
        if (fact.first_day or fact.day) > today or fact.day > today + _MONTH
    ]
    if not late:
        return reading, []
    settled = without_facts(reading, late, "unplaced")
    last = max(fact.day for fact in late)
    is_later_week = last <= written_on.get(reading.source.file, today)
    hint = message(N_("Check the dates. Day and month may be swapped, or the year is wrong."))
    amount, currency = dearest(late)
    said = Diagnostic(
        file=reading.source.file,
        message=message(
            N_("Rows are dated after {today}, up to {day}, so they are not counted."),
            today=today.isoformat(),
            day=last.isoformat(),
        ),
        hint=None if is_later_week else hint,
        rows=max(each.rows for each in left_out_as("unplaced", late)),
        amount=abs(amount),
        currency=currency,
        severity=Severity.WARNING if is_later_week else Severity.ERROR,
    )
    return settled, [said]
