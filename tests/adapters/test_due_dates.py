"""Dates in words, and that no text makes the parser raise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.adapters.due_dates import find_due_dates
from facilitator.adapters.holiday_calendar import working_days
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays

MONDAY = date(2026, 11, 23)


def dates(text: str, on: date = MONDAY, days: WorkingDays = NO_COUNTRY) -> list[str]:
    return [each.isoformat() for each in find_due_dates(text, on, days)]


SAID = {
    "2026-11-23": "today|今天|this mon|23 nov|eod|end of day|tonight|今晚|周初",
    "2026-11-24": "tomorrow|明天|tue|tues|tmr|明早|明天下班前|24 hours|1 working day",
    "2026-11-25": "后天|周三|周中|day after tomorrow|a couple of days|48小时内|後天",
    "2026-11-26": "+3d|＋3d|3 days|in 3 days|3天后|三天后|3天|大后天|within 3 days|三日内"
    "|3 working days|3 business days|3wd|3个工作日|三个工作日内|three days from now",
    "2026-11-27": "fri|Friday|  FRI |this fri|周五|星期五|礼拜五|这周五|本周五|禮拜五|週五前"
    "|27|27th|27号|27日|二十七号|27 nov|27th of November|Nov 27|11-27|11/27|11月27日"
    "|2026-11-27|2026/11/27|27 nov 2026|nov 27, 2026|2026年11月27日|２７号|20261127"
    "|27.11.2026|11/27/2026|27/11/2026|27-11-2026|27.11.|11.27|11/27/26|27nov|27-Nov-2026"
    "|by fri|by the 27th|before Friday|due friday|fri.|coming friday|no later than friday"
    "|周五前|周五之前|周五以前|截止周五|最迟周五|周五下班前|周五下午|周五。|周5|fri 17:00|周五17:00"
    "|eod friday|by end of day friday|friday 5pm"
    "|周五(27号)|周五（27号）|周五【27号】|周五27号|周五(27号)前|11月27日(周五)|fri 27|fri, 27 nov"
    "|Friday the 27th|27 nov (fri)|周五(暂定)|fri (tbc)"
    "|eow|EOW|end of week|end of the week|this week|later this week|本周|本周内|周末前"
    "|before the weekend|before next week|下周前|w48",
    "2026-11-29": "sun|星期日|星期天|周日|周天|周末|weekend|this weekend|本周末",
    "2026-11-30": "mon|next mon|下周一|eom|EOM|end of month|end of the month|month end|this month"
    "|月底|月末|本月底|月底前|本月内|11月底|end of november|late november|下周初|early next week"
    "|a week|in one week|next meeting|下次周会|下周例会|before december|12月前|下个月前",
    "2026-12-01": "下月初|月初|start of next month|early december|12月初|1st of december",
    "2026-12-04": "next fri|下周五|下个周五|next week|下周|下星期|下个礼拜|end of next week"
    "|friday next week|next week, fri|week 49|第49周|12-4|12/4|下周五(4号)|12月4日(周五)",
    "2026-12-05": "下月5号|十二天后|12月5日前|十二月五日",
    "2026-12-06": "next weekend|下周末",
    "2026-12-07": "+2w|2 weeks|two weeks|in two weeks' time|两周后|两周内|两个星期后|下下周一"
    "|a fortnight|10个工作日",
    "2026-12-08": "半个月|half a month",
    "2026-12-09": "下下周三",
    "2026-12-10": "12月上旬|十二月上旬",
    "2026-12-15": "月中|mid december|mid-december|middle of december|12月中",
    "2026-12-20": "12月中旬",
    "2026-12-23": "23|1 month|a month|一个月后",
    "2026-12-31": "31|end of next month|next month|下个月|下月底|下个月底|12月底|十二月底"
    "|十二月月底|12月内"
    "|eoq|季度末|本季度末|end of quarter|this quarter|Q4|Q4 末|end of q4|第四季度末|四季度末"
    "|eoy|EOY|年底|年末|今年底|年内|end of year|by the end of the year|year end|before next year"
    "|明年前",
    "2027-01-01": "明年初|Q1初|start of next year",
    "2027-01-05": "1月5日|5 jan|明年1月5日",
    "2027-03-31": "next quarter|下季度|下个季度末|Q1|q1 2027|2027年第一季度",
    "2027-11-30": "明年11月底|end of november 2027",
    "2028-02-29": "29 feb",
    "2028-05-05": "may 5 2028",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"), [(text, day) for day, texts in SAID.items() for text in texts.split("|")]
)
def test_common_words_for_dates_are_understood(text: str, day: str) -> None:
    assert dates(text) == [day]


@pytest.mark.parametrize("text", ["20 nov", "nov 20th", "11月20日", "11-20", "by 20 Nov", "20/11"])
def test_a_day_that_has_just_passed_may_be_of_this_year_or_the_next(text: str) -> None:
    assert dates(text) == ["2026-11-20", "2027-11-20"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fri 20 nov", "2026-11-20"),
        ("11月20日(周五)", "2026-11-20"),
        ("20 nov 2026", "2026-11-20"),
        ("20 nov '27", "2027-11-20"),
        ("5 mar", "2027-03-05"),
    ],
)
def test_a_weekday_a_year_or_a_long_time_since_settles_the_year(text: str, found: str) -> None:
    assert dates(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3/4/2026", ["2026-03-04", "2026-04-03"]),
        ("1-2-2027", ["2027-01-02", "2027-02-01"]),
        ("27.11.26", ["2026-11-27", "2027-11-26"]),
        ("4/12", ["2026-12-04", "2027-04-12"]),
        ("3.4.2027", ["2027-04-03"]),
        ("3/3/2027", ["2027-03-03"]),
    ],
)
def test_numbers_that_may_be_the_month_or_the_day_are_read_both_ways(
    text: str, found: list[str]
) -> None:
    assert dates(text) == found


def test_a_date_said_twice_may_be_either_where_the_two_differ() -> None:
    assert dates("周五(28号)") == dates("sat 27") == ["2026-11-27", "2026-11-28"]


@pytest.mark.parametrize("text", ["5个工作日", "5 working days"])
def test_working_days_leave_out_the_holidays_of_the_country(text: str) -> None:
    before_the_holidays = date(2026, 9, 29)

    assert dates(text, before_the_holidays) == ["2026-10-06"]
    assert dates(text, before_the_holidays, working_days("CN", before_the_holidays)) == [
        "2026-10-12"
    ]


GARBLED = (
    "|soon|尽快|asap|0|32|31 apr|4月31日|13-45|2026-02-30|2030-01-01|1926-11-27|+999w|99 months"
    "|下月31日x|may|next|week|month|周|月|am|eox|Q5|二百天后|十十天后|十十号|5 foo|foo 5|\x00|"
    "+|-3d|()"
)


@pytest.mark.parametrize("text", [*GARBLED.split("|"), "fri " * 20, "周" * 200])
def test_an_unclear_text_is_not_a_date(text: str) -> None:
    assert dates(text) == []


def test_a_past_weekday_of_this_week_is_not_a_date() -> None:
    saturday = date(2026, 11, 28)

    assert dates("这周五", saturday) == dates("this fri", saturday) == []


@pytest.mark.parametrize("on", [MONDAY + timedelta(days=day) for day in range(7)])
def test_weekday_words_give_that_weekday_on_any_day(on: date) -> None:
    (friday,) = find_due_dates("fri", on)

    assert timedelta() < friday - on <= timedelta(days=7)
    assert friday.weekday() == 4
    assert dates("下周五", on) == ["2026-12-04"]


def test_a_day_that_next_month_lacks_is_not_a_date() -> None:
    assert dates("下月31号", date(2026, 10, 5)) == []


PIECES = (
    "+|-|/|.| |,|(|)|next |this |fri|nov|下|个|周|月|日|号|底|末|前|后|天|十|二|年"
    "|end of |month|d|w|th|q|工作日|季度|0|1|29|31|2026|9999"
)
NEARLY = st.lists(st.sampled_from(PIECES.split("|")), max_size=7).map("".join)


@given(text=st.one_of(st.text(max_size=30), NEARLY), on=st.dates())
def test_any_text_gives_near_dates_or_none(text: str, on: date) -> None:
    found = find_due_dates(text, on)

    assert all(abs(each - on) <= timedelta(days=731) for each in found)
    assert list(found) == sorted(set(found))
