"""Holidays and worked weekends of a country."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct


class DayOff(Struct, frozen=True, kw_only=True):
    """A day on which nobody works."""

    day: date
    names: tuple[tuple[str, str], ...] = ()
    """Its name by language tag; empty for a weekend."""

    def name(self, tag: str) -> str:
        """Return its name in a language, or else in any language; empty for a weekend."""
        names_by_tag = dict(self.names)
        return names_by_tag.get(tag) or next(iter(names_by_tag.values()), "")


class WorkingDays(Struct, frozen=True, kw_only=True):
    """The working days of a country; empty if the agenda names no country."""

    holidays: tuple[DayOff, ...] = ()
    worked: tuple[date, ...] = ()
    """Weekend days that are worked to make up for a holiday."""
    weekend: tuple[int, ...] = ()
    """The weekdays of the weekend: Monday 0 … Sunday 6."""
    weekends_until: date | None = None
    """The last day for which it is known which weekends are worked."""

    def day_off(self, on: date) -> DayOff | None:
        """Return the day off on a date; None for a working day or an unknown one."""
        holiday = next((each for each in self.holidays if each.day == on), None)
        is_known = self.weekends_until is not None and on <= self.weekends_until
        if holiday is None and is_known and on.weekday() in self.weekend and on not in self.worked:
            return DayOff(day=on)
        return holiday

    def is_working_day(self, on: date) -> bool:
        """Return whether people work; a weekend is off where nothing else is known."""
        is_holiday = any(each.day == on for each in self.holidays)
        is_weekend = on.weekday() in (self.weekend or USUAL_WEEKEND)
        return not is_holiday and (not is_weekend or on in self.worked)

    def from_day(self, on: date) -> date:
        """Return the day itself if people work, or else the next day on which they do."""
        return next(day for day in _days_from(on) if self.is_working_day(day))

    def after(self, on: date, count: int) -> date:
        """Return the `count`th working day after a day; the day itself for none."""
        for _ in range(count):
            on = self.from_day(on + timedelta(days=1))
        return on


def _days_from(on: date) -> Iterator[date]:
    while True:
        yield on
        on += timedelta(days=1)


USUAL_WEEKEND = (5, 6)
"""Saturday and Sunday, where the agenda names no country."""
NO_COUNTRY = WorkingDays()
"""The working days if no country is named."""
