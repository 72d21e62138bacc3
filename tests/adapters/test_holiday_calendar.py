"""Holidays and moved working days, in the reader's language, as far as they are known."""

import subprocess
import sys
from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.adapters.event_codec import JournalLine, decode_line, encode_line
from facilitator.adapters.holiday_calendar import working_days
from facilitator.adapters.in_memory import ManualClock
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.working_days import NO_COUNTRY
from facilitator.render.language import Language, day_off_text
from tests.factories import OPENED, agenda

ON = date(2026, 9, 1)


def day_off_name(on: date, country: str = "CN", tag: str = "en") -> str:
    return day_off_text(working_days(country, ON), on, Language(tag=tag))


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 9, 30), ""),
        (date(2026, 10, 1), "National Day (day off)"),
        (date(2026, 10, 3), "National Day (day off)"),
        (date(2026, 10, 11), "weekend (day off)"),
    ],
)
def test_a_day_off_is_named_as_holiday_or_weekend(on: date, says: str) -> None:
    assert day_off_name(on) == says


def test_a_moved_day_off_counts_and_the_weekend_worked_instead_does_not() -> None:
    assert day_off_name(date(2026, 10, 7)).startswith("Day off")
    assert day_off_name(date(2026, 10, 10)) == ""  # a Saturday


def test_holiday_names_are_in_the_readers_language_where_available() -> None:
    assert day_off_name(date(2026, 10, 1), tag="zh_CN").startswith("国庆节")
    assert day_off_name(date(2026, 10, 3), "DE", tag="zh_CN").startswith("German Unity Day")


def test_a_year_without_a_decree_has_the_statutory_holidays_only() -> None:
    last = working_days("CN", date(2099, 1, 1))
    english = Language()
    assert day_off_text(last, date(2099, 10, 1), english) == "National Day (day off)"
    for each in (date(2099, 10, 4), date(2099, 10, 7), date(2099, 10, 17)):  # a Sunday, a Saturday
        assert day_off_text(last, each, english) == ""


@pytest.mark.parametrize("country", ["", "ZZ"])
def test_no_day_is_off_without_a_country(country: str) -> None:
    assert working_days(country, ON) == NO_COUNTRY
    assert day_off_name(date(2026, 10, 1), country) == ""


def test_working_days_survive_the_journal() -> None:
    prepared = replace(agenda(), country="CN", working_days=working_days("CN", ON))
    opened = meeting_rules.open_meeting(ManualClock(OPENED).now(), prepared, CarryOver())
    assert decode_line(encode_line(JournalLine(number=1, event=opened))).event == opened


def test_the_holidays_package_is_loaded_only_where_a_country_is_named() -> None:
    asks = (
        "import sys; from datetime import date;"
        "from facilitator.adapters.holiday_calendar import working_days;"
        "working_days('', date(2026, 9, 1)); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
