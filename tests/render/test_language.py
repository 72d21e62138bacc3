"""Dates, numbers, money and times, in English and in Chinese."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from facilitator.domain.errors import N_, message
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Target, Unit
from facilitator.render.language import Language, _, current_language, set_language

MONDAY = date(2026, 11, 23)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_days_have_their_weekday(english: Language, chinese: Language) -> None:
    assert english.day(MONDAY) == "Mon 23 Nov"
    assert english.long_day(MONDAY) == "Mon 23 Nov 2026"
    assert chinese.day(MONDAY) == "11月23日 周一"
    assert chinese.long_day(MONDAY) == "2026年11月23日 周一"


@pytest.mark.parametrize(
    ("first", "last", "english_says", "chinese_says"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 Nov", "11月16–22日"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Oct – 3 Nov", "10月28日 – 11月3日"),
        (MONDAY, MONDAY, "23 Nov", "11月23日"),
        (date(2025, 11, 1), date(2026, 11, 1), "1 Nov – 1 Nov", "11月1日 – 11月1日"),
    ],
)
def test_a_range_of_days_omits_what_its_ends_share(
    first: date,
    last: date,
    english_says: str,
    chinese_says: str,
    english: Language,
    chinese: Language,
) -> None:
    assert english.days(first, last) == english_says
    assert chinese.days(first, last) == chinese_says


def test_a_time_is_shown_in_the_given_zone(english: Language) -> None:
    at = datetime(2026, 11, 23, 2, 23, 59, tzinfo=UTC)

    assert english.clock_time(at) == "02:23"
    assert english.clock_time(at, ZoneInfo("Asia/Shanghai")) == "10:23"


@pytest.mark.parametrize(
    ("amount", "unit", "decimals", "said"),
    [
        (31.24, Unit.PERCENT, 1, "31.2 %"),
        (-0.04, Unit.PERCENT, 1, "0.0 %"),
        (-3.5, Unit.PERCENT, 1, "−3.5 %"),
        (4.1, Unit.PER_YEAR, 1, "4.1 /yr"),
        (3.2, Unit.RATIO, 1, "×3.2"),
        (4.4, Unit.STARS, 1, "4.4 ★"),
        (28, Unit.DAYS, 0, "28 d"),
        (12905, Unit.COUNT, 0, "12,905"),
    ],
)
def test_a_value_has_its_unit(
    amount: float, unit: Unit, decimals: int, said: str, english: Language
) -> None:
    assert _plain(english.value(amount, unit, decimals)) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (4.1, Unit.PERCENT, "+4.1 pp"),
        (-0.2, Unit.PERCENT, "−0.2 pp"),
        (0.04, Unit.PERCENT, "±0.0 pp"),
        (-0.3, Unit.RATIO, "−0.3"),
        (2, Unit.DAYS, "+2.0 d"),
    ],
)
def test_a_change_has_its_sign(amount: float, unit: Unit, said: str, english: Language) -> None:
    assert _plain(english.change(amount, unit)) == said


@pytest.mark.parametrize(
    ("target", "unit", "said"),
    [
        (Target(at_most=25), Unit.PERCENT, "≤ 25 %"),
        (Target(at_least=60, strict=True), Unit.PERCENT, "> 60 %"),
        (Target(at_most=7.5, strict=True), Unit.PERCENT, "< 7.5 %"),
        (Target(at_least=12, at_most=15), Unit.PERCENT, "12–15 %"),
        (Target(at_least=4), Unit.PER_YEAR, "≥ 4 /yr"),
        (Target(), Unit.PERCENT, ""),
    ],
)
def test_a_target_shows_its_limit(target: Target, unit: Unit, said: str, english: Language) -> None:
    assert _plain(english.target(target, unit)) == said


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (148.4, "CNY", "¥148"),
        (12905, "USD", "$12,905"),
        (-90, "EUR", "−€90"),
        (-0.2, "GBP", "£0"),
        (90, "CHF", "CHF 90"),
    ],
)
def test_money_has_its_currency(amount: float, currency: str, said: str, english: Language) -> None:
    assert _plain(english.money(amount, Currency(currency))) == said


def test_numbers_have_one_cell_per_character_and_no_line_break(english: Language) -> None:
    for said in (
        english.value(31.2, Unit.PERCENT),
        english.change(-0.2, Unit.PERCENT),
        english.target(Target(at_most=25), Unit.PERCENT),
        english.money(148, Currency("CNY")),
    ):
        assert cell_len(said) == len(said)
        assert " " not in said


@pytest.mark.parametrize(
    ("minutes", "said", "in_chinese"),
    [
        (0, "0 min", "0 分钟"),
        (45, "45 min", "45 分钟"),
        (60, "1 h", "1 小时"),
        (125, "2 h 5 min", "2 小时 5 分钟"),
        (24 * 60, "1 day", "1 天"),
        (10_000, "6 d 22 h", "6 天 22 小时"),
        (10_101, "7 days", "7 天"),
    ],
)
def test_a_duration_is_shown_in_common_words(
    minutes: int, said: str, in_chinese: str, english: Language, chinese: Language
) -> None:
    span = timedelta(minutes=minutes, seconds=30)

    assert _plain(english.duration(span)) == said
    assert _plain(chinese.duration(span)) == in_chinese


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd")],
)
def test_an_ordinal_has_its_ending(number: int, said: str, english: Language) -> None:
    assert english.ordinal(number) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "weeks"), (1, "week"), (1.0, "week"), (2, "weeks")]
)
def test_one_thing_and_many_have_their_own_sentence(
    number: float, said: str, english: Language
) -> None:
    assert english.ngettext("week", "weeks", number) == said


@pytest.mark.parametrize(
    ("low", "high", "said"), [(61.98, 62.01, "62.0 %"), (20, 23, "20.0–23.0 %")]
)
def test_a_span_of_one_value_is_that_value(
    low: float, high: float, said: str, english: Language
) -> None:
    assert _plain(english.span(low, high, Unit.PERCENT)) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (48.9, "0:48"), (600, "10:00"), (3723, "1:02:03")]
)
def test_a_timer_counts_full_seconds(seconds: float, said: str, english: Language) -> None:
    assert english.timer(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (48, "0:48"),
        (47.2, "0:48"),
        (0, "0:00"),
        (-0.9, "0:00"),
        (-12.4, "+0:12"),
        (-3723, "+1:02:03"),
    ],
)
def test_a_countdown_continues_past_zero_with_a_sign(
    seconds: float, said: str, english: Language
) -> None:
    assert english.countdown(timedelta(seconds=seconds)) == said


def test_a_time_difference_has_a_sign_unless_zero(english: Language) -> None:
    assert [english.difference(timedelta(seconds=each)) for each in (84, -48, 0)] == [
        "+1:24",
        "−0:48",
        "0:00",
    ]


def test_whole_minutes_are_counted(english: Language, chinese: Language) -> None:
    assert _plain(english.minutes(timedelta(minutes=10))) == "10 min"
    assert _plain(chinese.minutes(timedelta(minutes=10))) == "10 分钟"


def test_a_translated_message_keeps_its_values(chinese: Language) -> None:
    told = message(N_("“{title}” is already running."), title="{A} 100 %")

    assert chinese.translate(told) == "“{A} 100 %”已在进行中。"


def test_an_empty_text_is_translated_to_an_empty_text(chinese: Language) -> None:
    assert chinese.gettext("") == ""


def test_screens_use_the_current_language(english: Language, chinese: Language) -> None:
    try:
        set_language(chinese)
        assert (_("Decisions"), current_language().tag) == ("决议", "zh_CN")
    finally:
        set_language(english)
    assert _("Decisions") == "Decisions"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(10.94, 12.4, "10.9–12.4 %"), (0.0, 4.1, "0.0–4.1 %"), (-0.3, 4.1, "−0.3 to 4.1 %")],
)
def test_a_span_of_values_has_its_unit_once(
    english: Language, low: float, high: float, told: str
) -> None:
    assert _plain(english.span(low, high, Unit.PERCENT)) == told


def test_a_sum_shows_hundredths_only_where_there_are_some(english: Language) -> None:
    assert [english.amount(each) for each in (412.0, 1556.65, 6891.2, -3.0)] == [
        "412",
        "1,556.65",
        "6,891.20",
        "−3",
    ]
