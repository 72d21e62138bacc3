"""Find the dates in the names of files, in any order that the names together make plain."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import PurePosixPath

from msgspec import Struct

from facilitator.adapters.reports.days import date_or_none, iso_week
from facilitator.adapters.reports.report_types import vocabulary


class NamedMoment(Struct, frozen=True):
    """The day in a file's name, and the time of day if it stands behind it."""

    day: date
    at: time | None = None


class _Found(Struct, frozen=True):
    """A date in a name whose order is open."""

    shape: str
    numbers: tuple[int, ...]
    at: time | None = None


_ORDERS: Mapping[str, tuple[str, ...]] = {
    "year last": ("dmy", "mdy"),
    "two digits": ("dmy", "mdy", "ymd"),
    "no year": ("dm", "md"),
    "year first": ("ymd",),
    "month first, no year": ("md",),
    "six digits": ("dmy", "mdy", "ymd"),
    "week, no year": ("w",),
}
"""The orders in which year, month and day may stand, by the shape of a date."""

_SEPARATED = re.compile(r"(?<!\d)(20\d\d)\s?[-_. /年]\s?(\d{1,2})\s?[-_. /月]\s?(\d{1,2})(?!\d)日?")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=(?:\d{4}|\d{6})?(?!\d))")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-_. /])(\d{1,2})\2(20\d\d)(?!\d)")
_COMPACT_YEAR_LAST = re.compile(r"(?<!\d)(\d\d)()(\d\d)(20\d\d)(?!\d)")
_TWO_DIGITS = re.compile(r"(?<!\d)(\d{1,2})([-_. /])(\d{1,2})\2(\d\d)(?!\d)")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?[\s_-]?(\d{1,2})(?:st|nd|rd|th)?,?[\s_-]?(20\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?[\s_-]?([^\W\d_]+)\.?,?[\s_-]?(20\d\d)(?!\d)"
)
_WEEK = re.compile(r"(?<![^\W_])(20\d\d)[-_ ]?(?:w|kw)(\d\d)(?!\d)")
_CJK_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日?")
_SIX_DIGITS = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)")
_WEEK_ALONE = re.compile(
    r"(?:(?<![^\W_])(?:w|wk|kw|week|woche|semaine|semana)[-_. ]?|第)(\d{1,2})(?!\d)"
)
_MONTH_DAY_ALONE = re.compile(r"([^\W\d_]{3,})\.?[\s_-]?(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_DAY_MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?[\s_-]?([^\W\d_]{3,})")
_NO_YEAR = re.compile(r"(?<![\d.v])(\d{1,2})([-.])(\d{1,2})(?!\d|\2\d)")
_TIME = re.compile(r"(?:t|[\s_-]+(?:at[\s_-]+)?)?(\d\d)[-.:_h]?(\d\d)(?:[-.:_m]?(\d\d))?(?!\d)")


_WITH_YEAR = (
    ("year first", _SEPARATED),
    ("year first", _COMPACT),
    ("year last", _YEAR_LAST),
    ("year last", _COMPACT_YEAR_LAST),
    ("two digits", _TWO_DIGITS),
)
"""The shapes of dates, the surest way to write one first."""
_WITHOUT_YEAR = (
    ("month first, no year", _CJK_DAY),
    ("six digits", _SIX_DIGITS),
    ("no year", _NO_YEAR),
    ("week, no year", _WEEK_ALONE),
)
_NEAR = 400
"""Six digits are a date only if it is no further away, in days: most are other numbers."""


def dates_in_names(files: Mapping[str, date | None]) -> dict[str, NamedMoment]:
    """Return the day that each name tells, or the nearest folder's; the last one if it tells more.

    The values of `files` are days near which it should be. Where the order of day and month is
    open, a number over 12 in any name of the same folder decides it, or else of another one;
    otherwise the order that gives the days nearest to these.
    """
    told = [
        (file, folder, each)
        for file in files
        for folder, several in [_nearest_dates(file)]
        for each in several
    ]
    together: dict[tuple[str, ...], list[tuple[_Found, date | None]]] = {}
    for file, folder, each in told:
        for key in ((folder, each.shape), (each.shape,)):
            together.setdefault(key, []).append((each, files[file]))
    orders = {key: _likely_order(several) for key, several in together.items()}
    found: dict[str, NamedMoment] = {}
    for file, folder, each in told:
        near = files[file]
        order = orders[folder, each.shape] or orders[each.shape,] or _likely_order([(each, near)])
        if order and (day := _day(each, order, near)):
            moment = NamedMoment(day, each.at)
            found[file] = max(found.get(file, moment), moment, key=_sort_key)
    return found


def _sort_key(moment: NamedMoment) -> tuple[date, time]:
    return moment.day, moment.at or time()


def _nearest_dates(file: str) -> tuple[str, list[_Found]]:
    """Return the dates in a file's name, or in the nearest folder's, and where that stands."""
    path = PurePosixPath(unicodedata.normalize("NFKC", file).casefold())
    for each, name in ((path, path.stem), *((each, each.name) for each in path.parents)):
        if told := _dates_in(name):
            return str(each.parent), told
    return "", []


def _dates_in(name: str) -> list[_Found]:
    """Return the dates in a name: the surest way to write one that occurs in it."""
    return _first_found(_WITH_YEAR, name) or _worded(name) or _first_found(_WITHOUT_YEAR, name)


def _first_found(shapes: Iterable[tuple[str, re.Pattern[str]]], name: str) -> list[_Found]:
    for shape, pattern in shapes:
        if found := [
            _Found(
                shape,
                tuple(int(group) for group in each.groups() if group.isdecimal()),
                _time_behind(name, each.end()),
            )
            for each in pattern.finditer(name)
        ]:
            return found
    return []


def _worded(name: str) -> list[_Found]:
    """Return dates with the name of a month, and the last days of ISO weeks."""
    months = vocabulary().months
    said = [(each[3], each[1], each[2]) for each in _MONTH_DAY.finditer(name)]
    said += [(each[3], each[2], each[1]) for each in _DAY_MONTH.finditer(name)]
    found = [
        _Found("year first", (int(year), months[month], int(day)))
        for year, month, day in said
        if month in months
    ]
    for each in _WEEK.finditer(name):
        if week := iso_week(int(each[1]), int(each[2])):
            found.append(_Found("year first", week[1].timetuple()[:3]))
    return found or _worded_without_year(name)


def _worded_without_year(name: str) -> list[_Found]:
    months = vocabulary().months
    said = [(each[1], each[2]) for each in _MONTH_DAY_ALONE.finditer(name)]
    said += [(each[2], each[1]) for each in _DAY_MONTH_ALONE.finditer(name)]
    return [
        _Found("month first, no year", (months[month], int(day)))
        for month, day in said
        if month in months
    ]


def _time_behind(name: str, end: int) -> time | None:
    found = _TIME.match(name, end)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def _likely_order(told: Sequence[tuple[_Found, date | None]]) -> str | None:
    """Return the order that fits all dates of one shape, and best; None if that is open."""
    fits: list[tuple[int, list[date | None], str]] = []
    for order in _ORDERS[told[0][0].shape]:
        days = [_day(each, order, near) for each, near in told]
        if all(days):
            distances = (_distance(day, near) for day, (_, near) in zip(days, told, strict=True))
            fits.append((sum(distances), days, order))
    best = [each for each in fits if each[0] == min(fits)[0]]
    return best[0][2] if best and all(days == best[0][1] for _, days, _ in best) else None


def _day(said: _Found, order: str, near: date | None) -> date | None:
    """Return the day; one without a year is the nearest to `near`."""
    parts = dict(zip(order, said.numbers, strict=True))
    if "y" in parts:
        year = parts["y"] + 2000 if parts["y"] < 100 else parts["y"]
        day = date_or_none(year, parts["m"], parts["d"])
        is_far = near is None or _distance(day, near) > _NEAR
        return None if said.shape == "six digits" and is_far else day
    years = (near.year - 1, near.year, near.year + 1) if near else ()
    days = filter(None, (_day_in(year, parts) for year in years))
    return min(days, key=lambda day: _distance(day, near), default=None)


def _day_in(year: int, parts: Mapping[str, int]) -> date | None:
    """Return a day, or the last one of a week, of a year."""
    if "w" not in parts:
        return date_or_none(year, parts["m"], parts["d"])
    week = iso_week(year, parts["w"])
    return week[1] if week else None


def _distance(day: date | None, near: date | None) -> int:
    """Return how far a day is from where it should be, in days; all that is far is far alike."""
    if day is None or near is None:
        return 0
    return min(abs(day - near), timedelta(days=4000)).days
