"""Public holidays and moved working days of a country, from the library `holidays`.

The library is imported only for an agenda that names its country, never at start-up.
"""

from datetime import date
from typing import TYPE_CHECKING

from facilitator.domain.working_days import DayOff, WorkingDays

if TYPE_CHECKING:
    from holidays import HolidayBase

_LANGUAGES = {"en": "en_US", "zh_CN": "zh_CN"}
"""The library's codes for our languages."""


def working_days(country: str, on: date) -> WorkingDays:
    """Return the holidays and moved working days of a country, this year and the next.

    `country` is an ISO 3166 code such as CN; only days from `on` are included. For a country
    that moves working days by decree (China's 调休), a year whose decree is not known yet has
    only the holidays fixed by law. Returns empty WorkingDays for no country or an unknown one.
    """
    if not country:
        return WorkingDays()
    from holidays import country_holidays

    def calendar(year: int, language: str | None = None, *, observed: bool = True) -> "HolidayBase":
        return country_holidays(country, years=year, language=language, observed=observed)

    try:
        years = {year: calendar(year) for year in (on.year, on.year + 1)}
    except NotImplementedError:
        return WorkingDays()
    known = {year: each for year, each in years.items() if _has_decree(each, year)}
    names: dict[date, dict[str, str]] = {}
    for year, each in years.items():
        for tag, code in _languages(each):
            for day, name in calendar(year, code, observed=year in known).items():
                names.setdefault(day, {})[tag] = name
    return WorkingDays(
        holidays=tuple(
            DayOff(day=day, names=tuple(names[day].items())) for day in sorted(names) if day >= on
        ),
        worked=tuple(
            day
            for year, each in known.items()
            for day in sorted(each.weekend_workdays)
            if day.year == year and day >= on
        ),
        weekend=tuple(sorted(years[on.year].weekend)),
        weekends_until=date(max(known), 12, 31) if known else None,
    )


def _languages(calendar: "HolidayBase") -> list[tuple[str, str | None]]:
    """Return our languages in which a country's holidays are named; else its default language."""
    ours = [(tag, code) for tag, code in _LANGUAGES.items() if code in calendar.supported_languages]
    return [*ours] or [("", None)]


def _has_decree(calendar: "HolidayBase", year: int) -> bool:
    """Return whether the library knows all days of a year.

    A country that moves working days moves some every year. None means not known yet.
    """
    moved = calendar.weekend_workdays
    return not calendar.has_substituted_holidays or any(day.year == year for day in moved)
