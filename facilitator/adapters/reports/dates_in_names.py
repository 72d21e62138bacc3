"""Find the dates in the names of files, in any order that the names together make plain."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from pathlib import PurePosixPath

from msgspec import Struct

from facilitator.adapters.reports.report_types import vocabulary


class NamedMoment(Struct, frozen=True):
    """The day in a file's name, and the time of day if it stands behind it."""

    day: date
    at: time | None = None


Numbers = tuple[int, int, int]
"""Three numbers of a date as they stand, or two and a 0 if no year is told."""

_Order = Callable[[Numbers, int], tuple[int, int, int]]
"""Returns year, month and day of numbers; the second argument is the year where none is told."""


class _Found(Struct, frozen=True):
    """A date in a name whose order is open."""

    shape: str
    numbers: Numbers
    at: time | None = None


_ByFile = dict[str, list[_Found]]


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number


_ORDERS: Mapping[str, tuple[_Order, ...]] = {
    "year last": (
        lambda said, _: (_year(said[2]), said[1], said[0]),
        lambda said, _: (_year(said[2]), said[0], said[1]),
    ),
    "two digits": (
        lambda said, _: (_year(said[2]), said[1], said[0]),
        lambda said, _: (_year(said[2]), said[0], said[1]),
        lambda said, _: (_year(said[0]), said[1], said[2]),
    ),
    "no year": (
        lambda said, year: (year, said[1], said[0]),
        lambda said, year: (year, said[0], said[1]),
    ),
    "year first": (lambda said, _: said,),
    "month first, no year": (lambda said, year: (year, said[0], said[1]),),
}
"""The orders in which the numbers of a date may stand, by its shape."""

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
_NO_YEAR = re.compile(r"(?<![\d.v])(\d{1,2})([-.])(\d{1,2})(?!\d|\2\d)")
_TIME = re.compile(r"(?:t|[\s_-]+(?:at[\s_-]+)?)?(\d\d)[-.:_h]?(\d\d)(?:[-.:_m]?(\d\d))?(?!\d)")


def dates_in_names(files: Mapping[str, date | None]) -> dict[str, NamedMoment]:
    """Return the day that each name tells, or the nearest folder's; the last one if it tells more.

    The values of `files` are days near which it should be. Where the order of day and month is
    open, a number over 12 in any name of the same folder decides it; otherwise the order that
    gives the days nearest to these.
    """
    found: dict[str, NamedMoment] = {}
    together: dict[str, _ByFile] = {}
    beside: dict[tuple[str, str], _ByFile] = {}
    for file in files:
        folder, several = _nearest_dates(file)
        for each in several:
            together.setdefault(each.shape, {}).setdefault(file, []).append(each)
            beside.setdefault((folder, each.shape), {}).setdefault(file, []).append(each)
    for (_, shape), told in beside.items():
        order = _likely_order(shape, told, files) or _likely_order(shape, together[shape], files)
        for file, several in told.items():
            moments = (
                _moment(each, order or _own_order(each, files[file]), files[file])
                for each in several
            )
            latest = max(filter(None, moments), key=_sort_key, default=None)
            if latest is not None:
                found[file] = latest
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
    for shape, pattern in (("year first", _SEPARATED), ("year first", _COMPACT)):
        if found := [
            _Found(shape, _three(each.groups()), _time_behind(name, each.end()))
            for each in pattern.finditer(name)
        ]:
            return found
    for shape, pattern in (
        ("year last", _YEAR_LAST),
        ("year last", _COMPACT_YEAR_LAST),
        ("two digits", _TWO_DIGITS),
    ):
        if found := [
            _Found(shape, _three((each[1], each[3], each[4])), _time_behind(name, each.end()))
            for each in pattern.finditer(name)
        ]:
            return found
    return _worded(name) or _without_year(name)


def _three(numbers: Iterable[str]) -> Numbers:
    one, two, three = map(int, numbers)
    return one, two, three


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
        try:
            sunday = date.fromisocalendar(int(each[1]), int(each[2]), 7)
        except ValueError:
            continue
        found.append(_Found("year first", (sunday.year, sunday.month, sunday.day)))
    return found


def _without_year(name: str) -> list[_Found]:
    found = [
        _Found("month first, no year", (int(each[1]), int(each[2]), 0))
        for each in _CJK_DAY.finditer(name)
    ]
    return found or [
        _Found("no year", (int(each[1]), int(each[3]), 0)) for each in _NO_YEAR.finditer(name)
    ]


def _time_behind(name: str, end: int) -> time | None:
    found = _TIME.match(name, end)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def _likely_order(
    shape: str, told: Mapping[str, list[_Found]], files: Mapping[str, date | None]
) -> _Order | None:
    """Return the order that fits all names of a folder, and best; None if that is open."""
    fits: list[tuple[int, int, _Order]] = []
    for place, order in enumerate(_ORDERS[shape]):
        days = [
            (_day(each.numbers, order, files[file]), files[file])
            for file, several in told.items()
            for each in several
        ]
        if all(day for day, _ in days):
            fits.append((sum(_distance(day, near) for day, near in days), place, order))
    fits.sort(key=lambda each: each[:2])
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][2]


def _own_order(said: _Found, near: date | None) -> _Order | None:
    """Return the order of a date whose folder has several: the only one, or the nearest."""
    fits = [
        (_distance(day, near), place, order)
        for place, order in enumerate(_ORDERS[said.shape])
        if (day := _day(said.numbers, order, near))
    ]
    fits.sort(key=lambda each: each[:2])
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0] and not _is_palindrome(said)):
        return None
    return fits[0][2]


def _is_palindrome(said: _Found) -> bool:
    return said.numbers[0] == said.numbers[1]


def _moment(said: _Found, order: _Order | None, near: date | None) -> NamedMoment | None:
    day = _day(said.numbers, order, near) if order else None
    return NamedMoment(day, said.at) if day else None


def _day(numbers: Numbers, order: _Order, near: date | None) -> date | None:
    """Return the day; one without a year is the nearest to `near`."""
    years = (0,) if numbers[2] else _years_around(near)
    days = [day for year in years if (day := _valid_date(*order(numbers, year)))]
    return min(days, key=lambda day: _distance(day, near), default=None)


def _years_around(near: date | None) -> tuple[int, ...]:
    return (near.year - 1, near.year, near.year + 1) if near else ()


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _distance(day: date | None, near: date | None) -> int:
    """Return how far a day is from where it should be, in days; all that is far is far alike."""
    if day is None or near is None:
        return 0
    return min(abs(day - near), timedelta(days=4000)).days
