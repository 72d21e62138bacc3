"""Parse dates in cells and file names; detect whether day or month comes first."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeGuard
from zoneinfo import ZoneInfo

from facilitator.adapters.reports.cells import DASHES, LONGEST_CELL, plain_text
from facilitator.adapters.reports.marketplaces import DayOrder
from facilitator.adapters.reports.report_types import vocabulary

DaySpan = tuple[date, date]
"""A first and a last day."""

DAY_COLUMNS = ("day", "window", "first_day", "last_day", "week_end")
"""The canonical columns that hold days; `week_end` is the last of seven."""

_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?: .*)?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?: .*)?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?[ -](?:de )?([^\W\d_]+)\.?,?[ -](?:de )?(\d{4}|\d{2})")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})")
_MIDNIGHT = re.compile(r".{10}[T ]00:00(?::00)?(?:\.0+)?(?:Z|\+00:?00)")
_BETWEEN = re.compile(r"\s+-\s+|\s*[~〜]\s*|\s+to\s+|\s+bis\s+|\s*至\s*")
_IN_NAME = re.compile(r"(?<!\d)(20\d{2})([-_./]?)(\d{2})\2(\d{2})(?!\d)")
_YEARS = range(2000, 2100)
"""Others are no years of reports, but faults."""
_WEEK = re.compile(r"(?<!\d)(20\d{2})-?[Ww](\d{2})(?!\d)")
_DOWNLOADED = re.compile(r"business ?report[-_ ]", re.IGNORECASE)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return a date; None if there is none, or none that a report could be about."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _year(digits: str) -> int:
    """Return a year, of this century if it has two digits."""
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _pair(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a date whose order is open."""
    found = _SLASHED.fullmatch(text)
    return (int(found[1]), int(found[2]), _year(found[3])) if found else None


_MOST_DAYS = 3660
"""The most days that a file or a row can be about: ten years. More are a mistake."""


def read_day(cell: object, order: DayOrder | None, zone: str | None = None) -> date | None:
    """Return the day in a cell; None if there is none or more than one.

    A time with a UTC offset is converted to `zone` first.
    """
    if isinstance(cell, date):
        return date_or_none(cell.year, cell.month, cell.day)
    if not _is_text(cell):
        return None
    text = DASHES.sub("-", " ".join(plain_text(cell).split()))
    if zone and _STAMP.fullmatch(text):
        return _local_day(text, zone)
    pair = _pair(text)
    return _ordered(pair, order) if pair else _named_day(text)


def _local_day(text: str, zone: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        day = moment.astimezone(ZoneInfo(zone)).date()
    except (OverflowError, ValueError):
        return None
    return day if day.year in _YEARS else None


def _ordered(pair: tuple[int, int, int], order: DayOrder | None) -> date | None:
    first, second, year = pair
    if order is None and first <= 12 and second <= 12 and first != second:
        return None
    is_day_first = order == "day-first" or (order is None and first > 12)
    return date_or_none(year, second, first) if is_day_first else date_or_none(year, first, second)


def _named_day(text: str) -> date | None:
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return date_or_none(_year(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return date_or_none(_year(found[3]), int(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _with_month(_year(found[3]), found[1], int(found[2]))
    if found := _DAY_FIRST.fullmatch(text):
        return _with_month(_year(found[3]), found[2], int(found[1]))
    return None


def _with_month(year: int, month: str, day: int) -> date | None:
    number = vocabulary().months.get(month.casefold())
    return date_or_none(year, number, day) if number else None


def _sides(cell: object) -> tuple[str, str] | None:
    if not _is_text(cell):
        return None
    sides = _BETWEEN.split(DASHES.sub("-", plain_text(cell)))
    return (sides[0], sides[1]) if len(sides) == 2 else None


@lru_cache(maxsize=4096)
def read_window(cell: object, order: DayOrder | None, zone: str | None = None) -> DaySpan | None:
    """Return the first and last day in a cell: `Jul 06, 2026 - Jul 29, 2026`, or one day."""
    sides = _sides(cell)
    first, last = (
        (read_day(side, order) for side in sides) if sides else (read_day(cell, order, zone),) * 2
    )
    return (first, last) if first and last else None


def is_undecided(cell: object) -> bool:
    """Return whether a date depends on the order of day and month."""
    return read_window(cell, None) is None and read_window(cell, "day-first") is not None


def are_midnights(cells: Iterable[str]) -> bool:
    """Return whether a program wrote days as moments: all of them at 0:00 in UTC."""
    return all(_MIDNIGHT.fullmatch(plain_text(cell)) for cell in cells)


def _is_text(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str) and len(cell) <= LONGEST_CELL


def choose_day_order(
    cells: Sequence[str], usual: DayOrder | None, named: DaySpan | None = None
) -> tuple[DayOrder | None, tuple[str, ...]]:
    """Return the order of day and month in a file's dates, and examples if it is open to doubt.

    A value over 12 decides. Else both orders are possible: if one of them spreads the days over
    months and the other does not, they are not spread, unless the usual order of the marketplace
    makes each of them the first of a month, as the time unit “Monthly” does. Then that usual
    order counts, and `named`, the days in the file's name. Returns None if nothing decides.
    """
    told = _told_order(cells)
    open_cells = sorted({cell for cell in cells if is_undecided(cell)})
    if told is not None or not open_cells:
        return told, ()
    spans = {order: _span(open_cells, order) for order in _ORDERS}
    lengths = {order: (span[1] - span[0]).days for order, span in spans.items()}
    close, spread = sorted(_ORDERS, key=lambda each: lengths[each])
    examples = tuple(open_cells[:2])
    if len(open_cells) > 1 and lengths[spread] > _SPREAD * max(lengths[close], 1):
        if usual == spread and all(_is_first_of_month(each, usual) for each in cells):
            return usual, examples
        return close, (() if usual == close else examples)
    if named is not None:
        fitting = [
            each for each in _ORDERS if named[0] <= spans[each][0] and spans[each][1] <= named[1]
        ]
        if len(fitting) == 1:
            return fitting[0], (() if usual == fitting[0] else examples)
    return usual, ()


def _is_first_of_month(cell: str, order: DayOrder) -> bool:
    window = read_window(cell, order)
    return window is not None and window[0].day == 1 and window[0] == window[1]


_ORDERS: tuple[DayOrder, DayOrder] = ("day-first", "month-first")
_SPREAD = 5
"""Days that are read the wrong way round lie a month apart, not a day."""


def _span(cells: Iterable[str], order: DayOrder) -> DaySpan:
    windows = [each for cell in cells if (each := read_window(cell, order))]
    return min(each[0] for each in windows), max(each[1] for each in windows)


def _told_order(cells: Iterable[str]) -> DayOrder | None:
    """Return the order that most distinct dates show: a value over 12 decides; None if open."""
    votes = Counter(
        "day-first" if pair[0] > 12 else "month-first"
        for cell in filter(_is_text, set(cells))
        for side in _sides(cell) or (cell,)
        if (pair := _pair(plain_text(side))) and max(pair[:2]) > 12
    )
    if votes["day-first"] == votes["month-first"]:
        return None
    return "day-first" if votes["day-first"] > votes["month-first"] else "month-first"


def window_in_text(text: str) -> DaySpan | None:
    """Return the first and last day in a text: `2026-07-05 - 2026-07-11`."""
    days = _days_in(text)
    if len(days) != 2 or days[0] > days[1] or is_too_long(days[0], days[1]):
        return None
    return days[0], days[1]


def is_too_long(first: date, last: date) -> bool:
    """Return whether a first and a last day lie further apart than those of any report."""
    return (last - first).days >= _MOST_DAYS


def _days_in(text: str) -> list[date]:
    return [
        day
        for year, _, month, number in _IN_NAME.findall(text)
        if (day := date_or_none(int(year), int(month), int(number)))
    ]


def window_in_name(stem: str) -> DaySpan | None:
    """Return the days in a file's name: one day, a first and a last, or an ISO week.

    The single date in the default name of a Business Report is the download day, not a report day.
    """
    if window := window_in_text(stem):
        return window
    days = _days_in(stem)
    if len(days) == 1 and not _DOWNLOADED.match(stem):
        return days[0], days[0]
    week = _WEEK.search(stem)
    return iso_week(int(week[1]), int(week[2])) if week and not days else None


def iso_week(year: int, number: int) -> DaySpan | None:
    """Return the first and the last day of an ISO week; None if the year has no such week."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)
