"""Holidays and worked weekends of a country."""

from datetime import date

from msgspec import Struct


class DayOff(Struct, frozen=True, kw_only=True):
    """A day on which nobody works."""

    day: date
    names: tuple[tuple[str, str], ...] = ()
    """What it is called, by the tag of a language; none for a weekend."""

    def name(self, tag: str) -> str:
        """What it is called in a language, or in any other; empty for a weekend."""
        named = dict(self.names)
        return named.get(tag) or next(iter(named.values()), "")


class WorkingDays(Struct, frozen=True, kw_only=True):
    """The days of one country; it knows of none where the agenda names no country."""

    holidays: tuple[DayOff, ...] = ()
    worked: tuple[date, ...] = ()
    """Days of a weekend that are worked, for a day off elsewhere."""
    weekend: tuple[int, ...] = ()
    """Its weekdays: Monday 0 … Sunday 6."""
    weekends_until: date | None = None
    """The last day of which it is known whether a weekend is worked."""

    def day_off(self, on: date) -> DayOff | None:
        """The day, where nobody works on it; None for a working day, and where nobody knows."""
        holiday = next((each for each in self.holidays if each.day == on), None)
        is_known = self.weekends_until is not None and on <= self.weekends_until
        if holiday is None and is_known and on.weekday() in self.weekend and on not in self.worked:
            return DayOff(day=on)
        return holiday


NO_COUNTRY = WorkingDays()
"""What is known where no country is named: nothing."""
