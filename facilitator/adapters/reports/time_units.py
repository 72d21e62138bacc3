"""Tell from the dates of a report whether each is a day, or the first of a week or a month.

A report with the time unit “Weekly” or “Monthly” has one date a row: the first day of its period.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from facilitator.domain.errors import N_, Diagnostic, message


class TimeUnit(StrEnum):
    """The period that the one date of a row stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PERHAPS_WEEK = "perhaps_week"
    """One or two Sundays: days, or the first days of weeks."""
    PERHAPS_MONTH = "perhaps_month"
    """A single first of a month."""
    SWAPPED = "swapped"
    """Days that lie one a month: day and month were read the wrong way round."""

    @property
    def is_open(self) -> bool:
        """Whether the dates alone do not tell the days."""
        return self in (TimeUnit.PERHAPS_WEEK, TimeUnit.PERHAPS_MONTH, TimeUnit.SWAPPED)


_SUNDAY = 6
_CERTAIN = 3
"""So many days, one a week or one a month, are no accident."""


def time_unit(days: Collection[date], named: tuple[date, date] | None = None) -> TimeUnit:
    """Return the period that each date of a daily report stands for.

    `named` are the first and last day in the file's name.
    """
    held = sorted(set(days))
    if len(held) == 1:
        return _unit_of_one(held[0], named)
    if all(each.day == 1 for each in held):
        return TimeUnit.MONTH
    if held and all((after - before).days % 7 == 0 for before, after in pairwise(held)):
        if len(held) >= _CERTAIN:
            return TimeUnit.WEEK
        return TimeUnit.PERHAPS_WEEK if held[0].weekday() == _SUNDAY else TimeUnit.DAY
    if len(held) >= _CERTAIN and _is_one_a_month(held):
        return TimeUnit.SWAPPED
    return TimeUnit.DAY


def _unit_of_one(day: date, named: tuple[date, date] | None) -> TimeUnit:
    if named is not None and named[0] == day:
        for unit in (TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH):
            if named[1] == last_day_of(day, unit):
                return unit
    perhaps = TimeUnit.MONTH if day.day == 1 else TimeUnit.WEEK
    is_named = named is not None and named[0] <= day <= named[1]
    if named is not None and is_named and named[1] < last_day_of(day, perhaps):
        return TimeUnit.DAY  # a longer period would not end within the days in the name
    if day.day == 1:
        return TimeUnit.PERHAPS_MONTH
    return TimeUnit.PERHAPS_WEEK if day.weekday() == _SUNDAY else TimeUnit.DAY


def _is_one_a_month(days: Iterable[date]) -> bool:
    held = list(days)
    months = [each.year * 12 + each.month for each in held]
    return len({each.day for each in held}) == 1 and len(set(months)) == len(held)


def last_day_of(first: date, unit: TimeUnit) -> date:
    """Return the last day of the period that begins on a day."""
    if unit is TimeUnit.WEEK:
        return first + timedelta(days=6)
    if unit is TimeUnit.MONTH:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


def open_unit_diagnostic(file: str, day: date, unit: TimeUnit) -> Diagnostic:
    """Return the problem of a file whose dates do not tell its days."""
    said = {
        TimeUnit.PERHAPS_WEEK: N_(
            "All dates are Sundays, such as {day}. Each may be that day, or the week that begins "
            "on it, so the rows are not counted."
        ),
        TimeUnit.PERHAPS_MONTH: N_(
            "All rows are dated {day}. It may be that day, or the whole month, so the rows are "
            "not counted."
        ),
        TimeUnit.SWAPPED: N_(
            "The dates are one day of each month, such as {day}. Day and month were probably "
            "swapped, so the rows are not counted."
        ),
    }[unit]
    return Diagnostic(
        file=file,
        message=message(said, day=day.isoformat()),
        hint=message(
            N_(
                "Export the report with the time unit “Daily”, or put the first and the last day "
                "into the file's name."
            )
        ),
    )
