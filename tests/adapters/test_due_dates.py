"""Dates in words, and that no text makes the parser raise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.adapters.due_dates import parse_due_date

MONDAY = date(2026, 11, 23)


SAID = {
    "2026-11-23": "today|今天|this mon|23 nov",
    "2026-11-24": "tomorrow|明天|tue|tues",
    "2026-11-25": "后天|周三",
    "2026-11-26": "+3d|＋3d|3 days|in 3 days|3天后|三天后|3天",
    "2026-11-27": "fri|Friday|  FRI |this fri|周五|星期五|礼拜五|这周五|本周五"
    "|27|27th|27号|27日|二十七号|27 nov|27th of November|Nov 27|11-27|11/27|11月27日"
    "|2026-11-27|2026/11/27|27 nov 2026|nov 27, 2026|2026年11月27日",
    "2026-11-29": "sun|星期日|周日|周天",
    "2026-11-30": "mon|next mon|下周一|eom|end of month|end of the month|月底|月末|本月底",
    "2026-12-04": "next fri|下周五|下个周五",
    "2026-12-05": "下月5号|十二天后",
    "2026-12-07": "+2w|2 weeks|两周后|两个星期后|下下周一",
    "2026-12-23": "23|1 month|一个月后",
    "2026-12-31": "31|end of next month|下月底|下个月底",
}


@pytest.mark.parametrize(
    ("text", "day"), [(text, day) for day, texts in SAID.items() for text in texts.split("|")]
)
def test_common_words_for_dates_are_understood(text: str, day: str) -> None:
    assert parse_due_date(text, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22 nov", date(2027, 11, 22)),
        ("1月5日", date(2027, 1, 5)),
        ("29 feb", date(2028, 2, 29)),
        ("2026-11-20", date(2026, 11, 20)),
        ("may 5 2028", date(2028, 5, 5)),
    ],
)
def test_a_past_day_without_a_year_means_next_year(text: str, found: date) -> None:
    assert parse_due_date(text, MONDAY) == found


GARBLED = (
    "|soon|尽快|0|32|31 apr|4月31日|13-45|27/11|2026-02-30|2030-01-01|1926-11-27|+999w|99 months"
    "|下月31日x|may|next|next week|fri fri|1.5|二百天后|十十天后|十十号|5 foo|foo 5|\x00|+|-3d"
)


@pytest.mark.parametrize("text", GARBLED.split("|"))
def test_an_unclear_text_is_not_a_date(text: str) -> None:
    assert parse_due_date(text, MONDAY) is None


def test_a_past_weekday_of_this_week_is_not_a_date() -> None:
    saturday = date(2026, 11, 28)

    assert parse_due_date("这周五", saturday) is None
    assert parse_due_date("this fri", saturday) is None


@pytest.mark.parametrize("on", [MONDAY + timedelta(days=day) for day in range(7)])
def test_weekday_words_give_that_weekday_on_any_day(on: date) -> None:
    friday, next_friday = parse_due_date("fri", on), parse_due_date("下周五", on)

    assert friday is not None
    assert timedelta() < friday - on <= timedelta(days=7)
    assert friday.weekday() == 4
    assert next_friday == date(2026, 12, 4)


def test_a_day_that_next_month_lacks_is_not_a_date() -> None:
    assert parse_due_date("下月31号", date(2026, 10, 5)) is None


PIECES = (
    "+|-|/| |next |this |fri|nov|下|个|周|月|日|号|底|后|天|十|二|年|end of |month|d|w|th"
    "|0|1|29|31|2026|9999"
)
NEARLY = st.lists(st.sampled_from(PIECES.split("|")), max_size=7).map("".join)


@given(text=st.one_of(st.text(max_size=30), NEARLY), on=st.dates())
def test_any_text_gives_a_near_date_or_none(text: str, on: date) -> None:
    found = parse_due_date(text, on)

    assert found is None or abs(found - on) <= timedelta(days=731)
