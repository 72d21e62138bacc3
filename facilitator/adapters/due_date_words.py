"""The words of which dates are made, in English and in Chinese, as tables and as patterns."""

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta

SPELLINGS = str.maketrans("週禮後個號內兩這間[]【】〔〕「」", "周礼后个号内两这间()()()()")
"""Traditional characters and kinds of brackets, and those that the tables have."""
DAYS_AHEAD = {
    "today": 0, "tonight": 0, "eod": 0, "cob": 0, "end of day": 0, "end of the day": 0,
    "今天": 0, "今日": 0, "当天": 0, "当日": 0, "今晚": 0, "今早": 0,
    "tomorrow": 1, "tmr": 1, "tmrw": 1, "tomorow": 1,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "day after tomorrow": 2, "the day after tomorrow": 2, "后天": 2, "后日": 2,
    "大后天": 3,
    "a fortnight": 14, "in a fortnight": 14,
    "half a month": 15, "in half a month": 15, "半个月": 15, "半个月后": 15, "半月": 15,
}  # fmt: skip
WEEKDAYS = {
    name.casefold(): number for number, names in enumerate(parserinfo.WEEKDAYS) for name in names
} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
    "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6,
}  # fmt: skip
MONTHS = {
    name.casefold(): number
    for number, names in enumerate(parserinfo.MONTHS, start=1)
    for name in names
}
PERIODS_AHEAD = {
    "this": 0, "current": 0, "本": 0, "这": 0, "这个": 0, "当": 0, "今": 0,
    "next": 1, "following": 1, "下": 1, "下个": 1, "明": 1,
    "下下": 2, "下下个": 2, "后": 2,
}  # fmt: skip
UNITS = {
    "d": "days", "天": "days", "日": "days",
    "w": "weeks", "周": "weeks", "星": "weeks", "礼": "weeks",
    "m": "months", "月": "months",
    "q": "quarters", "季": "quarters",
    "y": "years", "年": "years",
}  # fmt: skip
"""Units of time by the first letter of their names."""
LENGTHS = {
    "weeks": relativedelta(weeks=1),
    "months": relativedelta(months=1),
    "quarters": relativedelta(months=3),
    "years": relativedelta(years=1),
}
EDGES = {
    "start": "start", "beginning": "start", "begin": "start", "early": "start", "初": "start",
    "月初": "start", "年初": "start",
    "mid": "middle", "middle": "middle", "中": "middle", "月中": "middle", "年中": "middle",
    "上旬": "first third", "中旬": "second third", "下旬": "end",
    "e": "end", "end": "end", "late": "end", "later": "end", "底": "end", "末": "end", "内": "end",
    "之内": "end", "以内": "end", "月底": "end", "月末": "end", "年底": "end", "年末": "end",
}  # fmt: skip
DAYS_OF_EDGES = {
    "weeks": {
        "start": relativedelta(),
        "middle": relativedelta(days=2),
        "end": relativedelta(days=4),
    },
    "months": {
        "start": relativedelta(),
        "first third": relativedelta(day=10),
        "middle": relativedelta(day=15),
        "second third": relativedelta(day=20),
        "end": relativedelta(day=31),
    },
    "quarters": {
        "start": relativedelta(),
        "middle": relativedelta(months=1, day=15),
        "end": relativedelta(months=2, day=31),
    },
    "years": {
        "start": relativedelta(),
        "middle": relativedelta(month=6, day=30),
        "end": relativedelta(month=12, day=31),
    },
}
"""What has to be added to the first day of a period."""

_CHINESE_DIGITS = {name: value for value, name in enumerate("零一二三四五六七八九")} | {"两": 2}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "a few": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip


def parse_number(text: str) -> int:
    """Return a number such as 12, two, 两 or 十二; raises ValueError if it is none."""
    if text.isdecimal():
        return int(text)
    if text in NUMBERS:
        return NUMBERS[text]
    tens, ten, ones = text.rpartition("十")
    high = _CHINESE_DIGITS.get(tens or "一") if ten else 0
    low = _CHINESE_DIGITS.get(ones or "零")
    if high is None or low is None:
        raise ValueError(text)
    return high * 10 + low


HAN = "[\u3400-\u9fff]"
CHINESE_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
COUNT = rf"\+?(?:in )?(?P<count>(?:{'|'.join(NUMBERS)})(?= )|{CHINESE_NUMBER})"
AFTER = "(?:后|之后|以后|内|之内|以内)"
WHICH = "(?:(?:the )?(?P<which>this|current|next|following) )?"
CHINESE_WHICH = "(?P<which>这个?|本|当|今|下下个?|下个?|明|后)?"
UNIT = "(?P<unit>week|month|quarter|year)"
CHINESE_UNIT = "(?P<unit>周|星期|礼拜|月|季度?|年度?)"
EDGE_OF = (
    "(?:(?:the )?(?P<edge>start|beginning|begin|early|mid|middle|end|later?)"
    "(?: of (?:the )?|[ -])(?:in )?)"
)
CHINESE_EDGE = "(?P<edge>月?[初中底末]|[上中下]旬|[之以]?内)"
BEFORE = "(?P<before>(?:before|ahead of|prior to) (?:the )?)?"
CHINESE_BEFORE = "(?P<before>[之以]?前)?"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})\.?"
CHINESE_MONTH = rf"(?P<month>{CHINESE_NUMBER})月份?"
QUARTER = "q(?P<quarter>[1-4])"
CHINESE_QUARTER = "第?(?P<quarter>[一二三四1-4])季度?"
DAY = r"(?P<date>\d{1,2})(?:st|nd|rd|th|\.)?"
YEAR = r"(?:,? ?'?(?P<year>\d{4}|\d{2}))?"
CHINESE_YEAR = r"(?:(?P<year>\d{4}|\d{2})年|(?P<which>今|明)年)?"
_ENGLISH_WEEKDAYS = "|".join(name for name in WEEKDAYS if name.isascii() and name.isalpha())
WEEKDAY = rf"(?P<day>{_ENGLISH_WEEKDAYS})\.?"
CHINESE_WEEKDAY = "(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])"
ANY_WEEKDAY = rf"(?:(?:{_ENGLISH_WEEKDAYS})\.?|(?:周|星期|礼拜)[一二三四五六日天1-7])"
NEEDLESS = (
    r"^(?:by|before|until|till?|due|on|no later than|not later than|latest|within|for|at|the"
    r"|(?:this )?coming) "
    r"|^(?:end of (?:the )?day|eod|cob|close of business|noon)(?: on)? "
    r"|^(?:到|在|于|截至|截止到?|最迟|最晚|不晚于|争取)"
    r"|[ ,]+(?:at the latest|(?:the )?latest|end of (?:the )?day|eod|cob|close of business|noon"
    r"|morning|afternoon|evening|night|(?:at )?\d{1,2} ?[ap]m|at \d{1,2})$"
    r"|[ ,]*(?:at )?\d{1,2}:\d\d(?: ?[ap]m)?$"
    r"|(?:之前|以前|前|为止|截止|截至|止|之内|以内|内|下班|上午|早上|中午|下午|晚上?)$"
    r"|\d{1,2}点(?:半|\d\d分?)?$"
    r"|^[ ,.;:、。]+|[ ,.;:!、。]+$"
)
"""What may be said with a date and does not change it."""
TWO_PARTS = (
    r"(?P<one>[^()]+)\((?P<other>[^()]+)\)(?P<rest>[^()]*)",
    rf"(?P<one>(?:(?:this|next) )?{ANY_WEEKDAY})(?:[,、 ]+|(?={HAN}))(?:the )?(?P<other>.+)",
    rf"(?P<one>[下本这]{{1,2}}个?{ANY_WEEKDAY})[,、 ]*(?P<other>.+)",
    rf"(?P<one>{ANY_WEEKDAY})(?P<other>\d.+)",
    rf"(?P<other>.+?)[,、 ]*(?P<one>{ANY_WEEKDAY})",
)
"""A date that is said twice: 周五(27号), `fri 27 nov`, `27 nov, fri`."""
