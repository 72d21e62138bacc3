"""Find the date that words mean, in English and in Chinese.

- `fri`, `friday`, 周五, 星期五: the next such day strictly after today.
- `this fri`, 这周五, 本周五: of this calendar week (Monday to Sunday), unless it is over.
- `next fri`, 下周五: of the next calendar week; 下下周五: of the one after that.
- `today`, `eod`, `tomorrow`, 今天, 明天, 后天, `+3d`, `3 days`, `+2w`, `1 month`, 3天后, 两周内.
- `3 working days`, 3个工作日: as many days on which people work; holidays are left out.
- `27`, 27号, 27日: the next 27th strictly after today; 下月5号 of the next month.
- `27 nov`, `nov 27`, `11-27`, `11/27`, 11月27日: today or the next such day. If the last one is
  nearer than the next one, either may be meant.
- `2026-11-27`, `27.11.2026`, `11/27/2026`, 2026年11月27日: that day. Where two numbers may both
  be the month, either may be meant.
- `next week`, `eow`, 本周, 下周: the Friday; `weekend`, 周末: the Sunday; `week 49` its Friday.
- `eom`, `end of month`, 月底, 下月底, 12月底, `end of december`: the last day of the month; 月初
  the first, 月中 and `mid december` the 15th. Quarters and years likewise:
  `eoq`, 季度末, Q4 末, `eoy`, 年底, 明年初.
- `next meeting`, 下次周会: a week after today, or the first working day from then.

`by`, `before`, 前, 之前, 截止 and times of day change nothing, except that a period which is over
by then is meant in `before next week`, 12月前 and 周末前. Where a date is said twice, both must
mean the same day: 周五(27号).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from facilitator.adapters import due_date_words as words
from facilitator.domain.action import default_due
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays

MAX_DISTANCE = timedelta(days=731)
"""The most distant date that is accepted; anything later is taken for a typing error."""
MAX_LENGTH = 60
"""The longest text that is taken for a date."""


class _Typed(Struct, frozen=True, kw_only=True):
    """The day on which a text is typed, and the working days from then on."""

    on: date
    days: WorkingDays


_Match = re.Match[str]
_Dates = tuple[date, ...]
_Reading = Callable[[_Match, _Typed], _Dates]


def find_due_dates(text: str, on: date, days: WorkingDays = NO_COUNTRY) -> tuple[date, ...]:
    """Return the dates that `text`, typed on the day `on`, may mean, the earliest first.

    Several where it can be read in more than one way, none where it is not a date.
    """
    plain = unicodedata.normalize("NFKC", text).translate(words.SPELLINGS).casefold()
    plain = " ".join(re.sub(rf"(?<={words.HAN})\s+|\s+(?={words.HAN})", "", plain).split())
    if len(plain) > MAX_LENGTH:
        return ()
    found = _find(plain, _Typed(on=on, days=days))
    return tuple(sorted({each for each in found if abs(each - on) <= MAX_DISTANCE}))


def _find(text: str, typed: _Typed, *, is_part: bool = False) -> _Dates:
    """Read a text as a whole; else without what changes nothing; else in two parts."""
    for reading, patterns in _READINGS:
        for pattern in patterns:
            if (match := re.fullmatch(pattern, text)) and (found := _read(reading, match, typed)):
                return found
    shorter = re.sub(words.NEEDLESS, "", text)
    if shorter != text and (found := _find(shorter, typed, is_part=is_part)):
        return found
    return () if is_part else _find_twice(text, typed)


def _read(reading: _Reading, match: _Match, typed: _Typed) -> _Dates:
    try:
        return reading(match, typed)
    except (ValueError, OverflowError):  # no such day, such as 31 April
        return ()


def _find_twice(text: str, typed: _Typed) -> _Dates:
    """Read a date that is said twice, and return what both parts mean.

    A weekday without “next” is that of any week. Parts that contradict each other both count.
    """
    for pattern in words.TWO_PARTS:
        if match := re.fullmatch(pattern, text):
            parts = match.groupdict()
            texts = (parts["one"] + parts.get("rest", ""), parts["other"])
            one, other = (_find(each, typed, is_part=True) for each in texts)
            if one and other:
                return _agreed(one, other, texts) or (*one, *other)
            if one and "(" in text:  # 周五(暂定)
                return one
    return ()


def _agreed(one: _Dates, other: _Dates, texts: tuple[str, str]) -> _Dates:
    if re.fullmatch(words.ANY_WEEKDAY, texts[1]):
        one, other, texts = other, one, (texts[1], texts[0])
    weekdays = {each.weekday() for each in one} if re.fullmatch(words.ANY_WEEKDAY, texts[0]) else ()
    return tuple(each for each in other if each in one or each.weekday() in weekdays)


# Days counted from today, and weekdays


def _read_day_word(match: _Match, typed: _Typed) -> _Dates:
    return (typed.on + timedelta(days=words.DAYS_AHEAD[match[0]]),)


def _read_offset(match: _Match, typed: _Typed) -> _Dates:
    count, unit = words.parse_number(match["count"]), words.UNITS[match["unit"][0]]
    return (typed.on + relativedelta(**{unit: count}),)  # type: ignore[arg-type]


def _read_hours(match: _Match, typed: _Typed) -> _Dates:
    days = -(-words.parse_number(match["count"]) // 24)
    return (typed.on + timedelta(days=days),)


def _read_working_days(match: _Match, typed: _Typed) -> _Dates:
    return (typed.days.after(typed.on, words.parse_number(match["count"])),)


def _read_next_meeting(_match: _Match, typed: _Typed) -> _Dates:
    return (default_due(typed.on, typed.days),)


def _read_weekday(match: _Match, typed: _Typed) -> _Dates:
    weekday, which = words.WEEKDAYS[match["day"]], match["which"]
    if not which:
        return (typed.on + relativedelta(days=1, weekday=weekday),)
    weeks = words.PERIODS_AHEAD[which]
    return _from_today(typed.on + timedelta(days=weekday - typed.on.weekday(), weeks=weeks), typed)


# Day, month and year


def _read_day_of_month(match: _Match, typed: _Typed) -> _Dates:
    number = words.parse_number(match["date"])
    if match["which"]:
        return ((typed.on + relativedelta(months=1, day=1)).replace(day=number),)
    for months in range(13):
        day = typed.on + relativedelta(months=months, day=number)
        if day > typed.on and day.day == number:
            return (day,)
    return ()


def _read_named_date(match: _Match, typed: _Typed) -> _Dates:
    month, day = words.MONTHS[match["month"]], int(match["date"])
    return _occurrences(month, day, match["year"], typed)


def _read_chinese_date(match: _Match, typed: _Typed) -> _Dates:
    month, day = words.parse_number(match["month"]), words.parse_number(match["date"])
    return _occurrences(month, day, _named_year(match, typed), typed)


def _read_compact_date(match: _Match, _typed: _Typed) -> _Dates:
    return (date.fromisoformat(match[0]),)


def _read_three_numbers(match: _Match, typed: _Typed) -> _Dates:
    """Read the year where four digits stand; of two digits, any may be the year."""
    first, second, third = match["first"], match["second"], match["third"]
    if len(first) == 4:
        return _occurrences(int(second), int(third), first, typed)
    day_first = _occurrences(int(second), int(first), third, typed)
    month_first = _occurrences(int(first), int(second), third, typed)
    if len(third) == 4:
        return day_first or month_first if match["sign"] == "." else day_first + month_first
    return day_first + month_first + _occurrences(int(second), int(third), first, typed)


def _read_two_numbers(match: _Match, typed: _Typed) -> _Dates:
    """Read month and day; the other order may be meant too if that day comes sooner."""
    first, second = int(match["first"]), int(match["second"])
    month_first = _occurrences(first, second, None, typed)
    day_first = _occurrences(second, first, None, typed)
    if month_first and day_first and match["sign"] != "-" and day_first[-1] < month_first[-1]:
        return month_first + day_first
    return month_first or day_first


def _occurrences(month: int, day: int, year: str | None, typed: _Typed) -> _Dates:
    """Return the day in the year given, or else the first one from today.

    The last one before today comes first if it is nearer. Empty if there is no such day.
    """
    if year:
        return _calendar_day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    years = range(typed.on.year - 4, typed.on.year + 5)
    days = [found for each in years for found in _calendar_day(each, month, day)]
    ahead = min((each for each in days if each >= typed.on), default=date.max)
    behind = max((each for each in days if each < typed.on), default=date.min)
    return (behind, ahead) if typed.on - behind < ahead - typed.on else (ahead,)


def _calendar_day(year: int, month: int, day: int) -> _Dates:
    try:
        return (date(year, month, day),)
    except ValueError:  # 31 April, or month 13
        return ()


def _named_year(match: _Match, typed: _Typed) -> str | None:
    """Return the year that is named, as in 2027年 or 明年; None if none is."""
    parts = match.groupdict()
    if which := parts.get("which"):
        return str(typed.on.year + words.PERIODS_AHEAD[which])
    return parts.get("year")


# Weeks, months, quarters and years


def _read_period(match: _Match, typed: _Typed) -> _Dates:
    """Read this period or a later one: its end, if no other part of it is named."""
    parts = match.groupdict()
    unit, which, edge = words.UNITS[parts["unit"][0]], parts.get("which"), parts.get("edge")
    if not which and not edge:  # “week” alone
        return ()
    first = _first_day(unit, typed.on) + words.LENGTHS[unit] * words.PERIODS_AHEAD[which or "this"]
    if parts.get("before") and not edge:
        return _from_today(_period_day(unit, first - words.LENGTHS[unit], "end"), typed)
    day = _period_day(unit, first, edge)
    if day < typed.on and not which:
        day = _period_day(unit, first + words.LENGTHS[unit], edge)
    return _from_today(day, typed)


def _read_weekend(match: _Match, typed: _Typed) -> _Dates:
    weeks = words.PERIODS_AHEAD[match["which"] or "this"]
    monday = _first_day("weeks", typed.on) + timedelta(weeks=weeks)
    return _from_today(monday + timedelta(days=4 if match["before"] else 6), typed)


def _read_named_month(match: _Match, typed: _Typed) -> _Dates:
    name = match["month"]
    month = words.MONTHS.get(name) or words.parse_number(name)
    return _named_period_day("months", month, match, typed)


def _read_named_quarter(match: _Match, typed: _Typed) -> _Dates:
    month = words.parse_number(match["quarter"]) * 3 - 2
    return _named_period_day("quarters", month, match, typed)


def _named_period_day(unit: str, month: int, match: _Match, typed: _Typed) -> _Dates:
    """Return a day of the period that begins with a month, in the year named or the next one."""
    parts, year = match.groupdict(), _named_year(match, typed)
    for each in (int(year),) if year else (typed.on.year, typed.on.year + 1):
        first = date(each, month, 1)
        day = _period_day(unit, first, parts.get("edge"))
        if parts.get("before") and not parts.get("edge"):
            day = first - timedelta(days=1)
        if year or day >= typed.on:
            return (day,)
    return ()


def _read_week_number(match: _Match, typed: _Typed) -> _Dates:
    for year in (typed.on.year, typed.on.year + 1):
        friday = date.fromisocalendar(year, int(match["week"]), 5)
        if friday >= typed.on:
            return (friday,)
    return ()


def _first_day(unit: str, on: date) -> date:
    """Return the first day of the week, month, quarter or year of a day."""
    if unit == "weeks":
        return on - timedelta(days=on.weekday())
    months = {"months": on.month, "quarters": (on.month - 1) // 3 * 3 + 1, "years": 1}
    return date(on.year, months[unit], 1)


def _period_day(unit: str, first: date, edge: str | None) -> date:
    """Return the day of an edge of the period that begins on `first`."""
    return first + words.DAYS_OF_EDGES[unit][words.EDGES[edge or "end"]]


def _from_today(day: date, typed: _Typed) -> _Dates:
    return (day,) if day >= typed.on else ()


_READINGS: tuple[tuple[_Reading, tuple[str, ...]], ...] = (
    (_read_day_word, ("|".join(words.DAYS_AHEAD),)),
    (
        _read_working_days,
        (
            rf"{words.COUNT} ?(?:working|business|work|bank) ?days?",
            rf"{words.COUNT} ?[wb]d",
            rf"{words.COUNT}个?工作[日天]{words.AFTER}?",
        ),
    ),
    (
        _read_offset,
        (
            rf"{words.COUNT} ?(?P<unit>d|days?|w|wks?|weeks?|m|months?|y|years?)"
            "(?:'? time| from (?:now|today))?",
            rf"{words.COUNT}个?(?P<unit>天|周|星期|礼拜){words.AFTER}?",
            rf"{words.COUNT}(?P<unit>日|年){words.AFTER}",
            rf"{words.COUNT}(?P<unit>月)[之以]?后",
            rf"{words.COUNT}个(?P<unit>月){words.AFTER}?",
        ),
    ),
    (
        _read_hours,
        (rf"{words.COUNT} ?h(?:ours?|rs?)?", rf"{words.COUNT}个?小时{words.AFTER}?"),
    ),
    (
        _read_next_meeting,
        (
            "(?:the )?next (?:weekly|(?:weekly )?meeting)",
            "下次(?:周会|例会|开?会议?)",
            "下周的?[例周]会",
        ),
    ),
    (
        _read_weekend,
        (
            f"{words.BEFORE}(?:the )?{words.WHICH}week-?end",
            f"{words.CHINESE_WHICH}周末{words.CHINESE_BEFORE}",
        ),
    ),
    (
        _read_period,
        (
            "(?P<edge>e)o(?P<unit>[wmqy])",
            f"{words.BEFORE}{words.EDGE_OF}?(?:the )?{words.WHICH}{words.UNIT}",
            f"{words.WHICH}(?P<unit>month|quarter|year)[ -]?(?P<edge>start|end)",
            f"{words.CHINESE_WHICH}{words.CHINESE_UNIT}的?{words.CHINESE_EDGE}?{words.CHINESE_BEFORE}",
        ),
    ),
    (
        _read_named_month,
        (
            f"{words.EDGE_OF}{words.MONTH}{words.YEAR}",
            f"{words.MONTH}[ -](?P<edge>start|end)",
            f"(?P<before>before |prior to ){words.MONTH}{words.YEAR}",
            f"{words.CHINESE_YEAR}的?{words.CHINESE_MONTH}{words.CHINESE_EDGE}",
            f"{words.CHINESE_YEAR}的?{words.CHINESE_MONTH}(?P<before>[之以]?前)",
        ),
    ),
    (
        _read_named_quarter,
        (
            f"{words.BEFORE}{words.EDGE_OF}?{words.QUARTER}{words.YEAR}(?: (?P<end>end))?",
            f"{words.CHINESE_YEAR}的?{words.QUARTER}{words.CHINESE_EDGE}?{words.CHINESE_BEFORE}",
            f"{words.CHINESE_YEAR}的?{words.CHINESE_QUARTER}{words.CHINESE_EDGE}?"
            f"{words.CHINESE_BEFORE}",
        ),
    ),
    (_read_week_number, ("(?:w|wk|cw|kw|week) ?(?P<week>[0-5]?[0-9])", "第(?P<week>[0-9]{1,2})周")),
    (
        _read_weekday,
        (
            f"{words.WHICH}{words.WEEKDAY}",
            f"{words.WEEKDAY}(?: of)? (?P<which>this|next) week",
            f"(?P<which>this|next) week,? {words.WEEKDAY}",
            f"{words.CHINESE_WHICH}{words.CHINESE_WEEKDAY}",
        ),
    ),
    (
        _read_day_of_month,
        (
            f"(?:the )?(?P<which>next month )?{words.DAY}",
            f"(?:the )?{words.DAY} of (?:this|(?P<which>next)) month",
            f"(?:本月|这个?月)?(?P<which>下个?月)?(?P<date>{words.CHINESE_NUMBER})[号日]",
        ),
    ),
    (
        _read_named_date,
        (
            f"(?:the )?{words.DAY}(?: of |[-/ ])?{words.MONTH}-?{words.YEAR}",
            f"{words.MONTH}[-/ ]?(?:the )?{words.DAY}{words.YEAR}",
        ),
    ),
    (_read_compact_date, (r"20\d{6}",)),
    (
        _read_three_numbers,
        (r"(?P<first>\d{4}|\d\d?)(?P<sign>[-/.])(?P<second>\d\d?)(?P=sign)(?P<third>\d{4}|\d\d?)",),
    ),
    (_read_two_numbers, (r"(?P<first>\d\d?)(?P<sign>[-/.])(?P<second>\d\d?)",)),
    (
        _read_chinese_date,
        (
            f"{words.CHINESE_YEAR}(?P<month>{words.CHINESE_NUMBER})月(?P<date>{words.CHINESE_NUMBER})[日号]?",
        ),
    ),
)
"""How a date may be written, with what reads it; the first that finds a date counts."""
