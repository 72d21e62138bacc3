"""Usual times of items, and when a timebox differs enough to be mentioned."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import ItemId, ItemKind
from facilitator.domain.usual_times import UsualTime, timebox_hints, usual_times
from tests.factories import agenda

ADS = ItemId("ads")
MINUTE = timedelta(minutes=1)


def usual(*newest_first: float) -> tuple[tuple[float, int], ...]:
    """Return the usual minutes of an item that took these, and the number of meetings."""
    times = usual_times(((ADS, minutes * MINUTE),) for minutes in newest_first)
    return tuple((each.time / MINUTE, each.meetings) for each in times)


def test_usual_times_need_three_meetings() -> None:
    assert usual(13, 12) == ()
    assert usual(13, 12, 14) == ((13, 3),)


def test_one_extreme_meeting_does_not_affect_usual_times() -> None:
    assert usual(12, 13, 12, 13, 12, 45) == ((12, 6),)


def test_usual_times_use_the_newest_eight_meetings() -> None:
    assert usual(*[13] * 8, *[4] * 20) == ((13, 8),)


def test_usual_times_are_whole_minutes_and_at_least_one() -> None:
    assert usual(12.7, 12.8, 12.6) == ((13, 3),)
    assert usual(0.1, 0.1, 0.1) == ((1, 3),)


@pytest.mark.parametrize(
    ("given", "took", "is_said"),
    [(10, 13, True), (10, 7, True), (10, 11, False), (5, 6, False), (5, 7, True), (15, 17, False)],
)
def test_small_differences_from_usual_times_are_not_mentioned(
    given: int, took: int, *, is_said: bool
) -> None:
    prepared = agenda()
    items = (replace(each, timebox=given * MINUTE) for each in prepared.items)
    known = (UsualTime(item=ADS, time=took * MINUTE, meetings=6),)

    hints = list(timebox_hints(replace(prepared, items=tuple(items)), known))

    assert bool(hints) is is_said


def test_all_differences_are_in_one_line_except_for_buffers() -> None:
    prepared = agenda()
    items = (
        replace(each, kind=ItemKind.BUFFER) if each.id == "actions" else each
        for each in prepared.items
    )
    known = (
        UsualTime(item=ItemId("actions"), time=1 * MINUTE, meetings=4),
        UsualTime(item=ADS, time=13 * MINUTE, meetings=6),
        UsualTime(item=ItemId("listings"), time=6 * MINUTE, meetings=8),
        UsualTime(item=ItemId("gone"), time=6 * MINUTE, meetings=8),
    )
    (hints,) = timebox_hints(replace(prepared, items=tuple(items)), known)

    assert str(hints) == (
        "Advertising usually takes 13 min (last 6 meetings) but the agenda gives it 10 min. "
        "Listings usually takes 6 min (last 8 meetings) but the agenda gives it 10 min"
    )
