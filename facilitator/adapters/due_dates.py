"""Parse due dates, in English and in Chinese.

- `fri`, `friday`, 周五, 星期五: the next such day strictly after today.
- `this fri`, 这周五, 本周五: of this calendar week (Monday to Sunday), unless it is over.
- `next fri`, 下周五: of the next calendar week; 下下周五: of the one after that.
- `today`, `tomorrow`, 今天, 明天, 后天, `+3d`, `3 days`, `+2w`, `1 month`, 3天后, 两周后.
- `eom`, `end of month`, 月底, 月末: the last day of this month; 下月底: of the next one.
- `27`, 27号, 27日: the next 27th strictly after today.
- `27 nov`, `nov 27`, `11-27`, `11/27` (month first), 11月27日: today or the next such day.
- `2026-11-27`, `2026/11/27`, 2026年11月27日: that day.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta

MAX_DISTANCE = timedelta(days=731)
"""The most distant date that is accepted; anything later is taken for a typing error."""


_ENGLISH_WORDS = parserinfo()
_WEEKDAY_ALIASES = {
    "tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu",
    "一": "mon", "二": "tue", "三": "wed", "四": "thu", "五": "fri", "六": "sat",
    "日": "sun", "天": "sun",
}  # fmt: skip
"""Names of weekdays that dateutil does not know."""
_DAYS_AHEAD = {
    "today": 0, "今天": 0, "今日": 0,
    "tomorrow": 1, "明天": 1, "明日": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_UNITS = {
    "d": "days", "天": "days", "日": "days",
    "w": "weeks", "周": "weeks", "星": "weeks", "礼": "weeks",
    "m": "months", "月": "months",
}  # fmt: skip
_CHINESE_DIGITS = {name: value for value, name in enumerate("零一二三四五六七八九")} | {"两": 2}


def parse_due_date(text: str, on: date) -> date | None:
    """Return the date that `text`, typed on the day `on`, means; None if it means none."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    try:
        found = _first_match(words, on)
    except (ValueError, OverflowError):  # no such day, such as 31 April
        return None
    return found if found and abs(found - on) <= MAX_DISTANCE else None


def _first_match(words: str, on: date) -> date | None:
    for pattern, reading in _PATTERNS:
        if match := re.fullmatch(pattern, words):
            return reading(match, on)
    return None


def _parse_day_word(match: re.Match[str], on: date) -> date:
    return on + timedelta(days=_DAYS_AHEAD[match[0]])


def _parse_offset(match: re.Match[str], on: date) -> date | None:
    count = _parse_count(match["count"])
    unit = _UNITS[match["unit"][0]]
    return None if count is None else on + relativedelta(**{unit: count})  # type: ignore[arg-type]


def _parse_weekday(match: re.Match[str], on: date) -> date | None:
    weekday = _ENGLISH_WORDS.weekday(_WEEKDAY_ALIASES.get(match[2], match[2]))
    if weekday is None:
        return None
    which = (match[1] or "").rstrip(" 个")
    if not which:
        return on + relativedelta(days=1, weekday=weekday)
    weeks = {"this": 0, "这": 0, "本": 0, "next": 1, "下": 1, "下下": 2}[which]
    day = on + timedelta(days=weekday - on.weekday(), weeks=weeks)
    return day if day >= on else None


def _parse_month_end(match: re.Match[str], on: date) -> date:
    return on + relativedelta(months=1 if match[1] else 0, day=31)


def _parse_day_of_month(match: re.Match[str], on: date) -> date | None:
    number = _parse_count(match[2])
    if number is None:
        return None
    if match[1]:
        return (on + relativedelta(months=1, day=1)).replace(day=number)
    for months in range(13):
        day = on + relativedelta(months=months, day=number)
        if day > on and day.day == number:
            return day
    return None


def _parse_day_month(match: re.Match[str], on: date) -> date | None:
    return _next_occurrence(_ENGLISH_WORDS.month(match[2]), match[1], match[3], on)


def _parse_month_day(match: re.Match[str], on: date) -> date | None:
    return _next_occurrence(_ENGLISH_WORDS.month(match[1]), match[2], match[3], on)


def _parse_numeric_date(match: re.Match[str], on: date) -> date | None:
    return _next_occurrence(int(match[2]), match[3], match[1], on)


def _next_occurrence(month: int | None, day: str, year: str | None, on: date) -> date | None:
    """Return the date in the year given, or else the first one from `on`."""
    if month is None:
        return None
    if year:
        return date(int(year), month, int(day))
    for each in range(on.year, on.year + 3):
        found = date(each, month, 1) + relativedelta(day=int(day))
        if found >= on and found.day == int(day):  # 29 February is skipped in other years
            return found
    return None


def _parse_count(text: str) -> int | None:
    """Return a count such as 12, 两 or 十二; None if it is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.get(ones)
    high, low = _CHINESE_DIGITS.get(tens or "一"), _CHINESE_DIGITS.get(ones or "零")
    return None if high is None or low is None else high * 10 + low


_Parser = Callable[[re.Match[str], date], date | None]
_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_AFTER = "(?:后|之后|以后)"
_PATTERNS: tuple[tuple[str, _Parser], ...] = (
    ("|".join(_DAYS_AHEAD), _parse_day_word),
    (rf"\+?(?:in )?{_COUNT} ?(?P<unit>d|days?|w|weeks?|m|months?)", _parse_offset),
    (rf"\+?{_COUNT}个?(?P<unit>天|周|星期|礼拜)(?:{_AFTER}|内)?", _parse_offset),
    (rf"{_COUNT}个?(?P<unit>日|月){_AFTER}", _parse_offset),
    (r"(?:eom|month end|(?:the )?end of (?:the |this )?(next )?month)", _parse_month_end),
    (r"(?:本|这个?)?(下个?)?月[底末]", _parse_month_end),
    (r"(?:on )?(this |next )?([a-z]{3,9})", _parse_weekday),
    (r"(这个?|本|下下个?|下个?)?(?:周|星期|礼拜)([一二三四五六日天])", _parse_weekday),
    (r"(?:on )?(?:the )?(next month )?(\d{1,2})(?:st|nd|rd|th)?", _parse_day_of_month),
    (
        r"(?:本月|这个?月)?(下个?月)?(\d{1,2}|[一二三四五六七八九十]{1,3})[号日]",
        _parse_day_of_month,
    ),
    (r"(?:on )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})(?:,? (\d{4}))?", _parse_day_month),
    (r"(?:on )?([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?", _parse_month_day),
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _parse_numeric_date),
    (r"()(\d{1,2})[-/](\d{1,2})", _parse_numeric_date),
    (r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?", _parse_numeric_date),
)
