"""The clock as text: how a reading is shown."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from facilitator.domain.agenda import Item, ItemId
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.timekeeping import ClockReading
from facilitator.render.clock_face import ClockFace, clock_face
from facilitator.render.language import Language

NOW = datetime(2026, 11, 23, 2, 23, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def item(title: str) -> Item:
    return Item(id=ItemId(title), title=title, timebox=timedelta(minutes=10))


def face(
    *,
    elapsed: timedelta = timedelta(),
    running: Item | None = item("Advertising"),  # noqa: B008  (frozen)
    following: Item | None = None,
    late: timedelta = timedelta(),
    cost: float = 148.4,
    is_paused: bool = False,
) -> ClockFace:
    reading = ClockReading(
        item=running,
        next_item=following,
        elapsed=elapsed,
        timebox=timedelta(minutes=10) if running else timedelta(),
        is_paused=is_paused,
        ends_at=DUE + late,
        due_at=DUE,
        cost=cost,
    )
    return clock_face(reading, NOW, Language(), ZoneInfo("Asia/Shanghai"), Currency("CNY"))


@pytest.mark.parametrize(
    ("elapsed", "digits"),
    [
        (timedelta(), "10:00"),
        (timedelta(minutes=9, seconds=12), "0:48"),
        (timedelta(minutes=10), "0:00"),
        (timedelta(minutes=10, seconds=12), "+0:12"),
        (timedelta(hours=1, minutes=12, seconds=3), "+1:02:03"),
    ],
)
def test_the_digits_count_down_and_go_on_past_zero_with_a_sign(
    elapsed: timedelta, digits: str
) -> None:
    assert face(elapsed=elapsed).digits == digits


def test_an_item_is_over_exactly_when_the_digits_have_a_sign() -> None:
    within = face(elapsed=timedelta(minutes=10, milliseconds=400))
    over = face(elapsed=timedelta(minutes=11))

    assert (within.digits, within.is_over) == ("0:00", False)
    assert (over.digits, over.is_over) == ("+1:00", True)


def test_readings_within_a_second_are_equal() -> None:
    first = face(elapsed=timedelta(minutes=3, seconds=1, milliseconds=100))
    second = face(elapsed=timedelta(minutes=3, seconds=1, milliseconds=900))

    assert first == second


def test_the_share_never_says_100_percent_before_the_time_is_up() -> None:
    assert face(elapsed=timedelta(minutes=9, seconds=59)).share == "99\N{NO-BREAK SPACE}%"
    assert face(elapsed=timedelta(minutes=10)).share == "100\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("minutes", "level"), [(7.9, 0), (8, 80), (10, 100), (11.9, 100), (12, 120), (30, 120)]
)
def test_the_level_is_that_of_the_last_notice(minutes: float, level: int) -> None:
    assert face(elapsed=timedelta(minutes=minutes)).level == level


@pytest.mark.parametrize(
    ("late", "pace", "is_late"),
    [
        (timedelta(seconds=-29), "on time", False),
        (timedelta(seconds=29), "on time", False),
        (timedelta(minutes=-2), "2\N{NO-BREAK SPACE}min early", False),
        (timedelta(minutes=3, seconds=10), "3\N{NO-BREAK SPACE}min late", True),
    ],
)
def test_the_pace_is_shown_in_whole_minutes(late: timedelta, pace: str, is_late: bool) -> None:
    shown = face(late=late)

    assert (shown.pace, shown.is_late) == (pace, is_late)


def test_times_are_in_the_time_zone_of_the_meeting() -> None:
    shown = face(late=timedelta(minutes=-2))

    assert (shown.now, shown.ends) == ("10:23", "10:58")


def test_the_cost_is_shown_in_the_currency_of_the_agenda() -> None:
    assert face(cost=148.4).cost == "¥148"


def test_without_a_running_item_the_clock_is_empty() -> None:
    shown = face(running=None)

    assert (shown.digits, shown.title, shown.share, shown.used) == ("", "", "", 0.0)
    assert not shown.is_over
    assert shown.level == 0


def test_escape_sequences_are_removed_from_titles() -> None:
    shown = face(running=item("Ads\x1b[2J\nnow"), following=item("\x07Listings"))

    assert shown.title == "Ads now"
    assert shown.next_title == "Listings"


def test_a_paused_clock_says_so() -> None:
    assert face(is_paused=True).is_paused
