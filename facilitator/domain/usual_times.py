"""How long items usually take, for the person who prepares the next agenda."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import reduce
from itertools import islice
from statistics import median, quantiles

from msgspec import Struct

from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.durations import MINUTE
from facilitator.domain.errors import N_, Message, message

MEETINGS_CONSIDERED = 8
"""The number of past meetings that are considered."""
MIN_MEETINGS = 3
"""The fewest meetings that must have had the item."""
TUKEY_FENCE = 1.5
"""Times further beyond the quartiles than this many interquartile ranges are outliers.

Tukey's fences: J. W. Tukey, Exploratory Data Analysis, 1977.
"""
MIN_DIFFERENCE = 2 * MINUTE
"""The smallest difference from the usual time that is reported."""
MIN_DIFFERENCE_SHARE = 0.2
"""The smallest difference that is reported, as a fraction of the timebox."""


class UsualTime(Struct, frozen=True, kw_only=True):
    """The time that an item took in past meetings."""

    item: ItemId
    time: timedelta
    """The median without outliers, in whole minutes."""
    meetings: int
    """The number of meetings that had the item."""


def usual_times(
    newest_first: Iterable[Iterable[tuple[ItemId, timedelta]]],
) -> tuple[UsualTime, ...]:
    """Return the usual time of each item, given the time spent in each meeting, newest first."""
    spent: dict[ItemId, list[timedelta]] = {}
    for meeting in islice(newest_first, MEETINGS_CONSIDERED):
        for item_id, time in meeting:
            spent.setdefault(item_id, []).append(time)
    return tuple(
        UsualTime(item=item_id, time=_median_without_outliers(times), meetings=len(times))
        for item_id, times in spent.items()
        if len(times) >= MIN_MEETINGS
    )


def timebox_hints(agenda: Agenda, usual: Iterable[UsualTime]) -> Iterator[Message]:
    """Yield one message about the timeboxes that differ much from the usual times.

    It is a hint, not a warning: the agenda may be right.
    """
    by_item = {each.item: each for each in usual}
    hints = [
        message(
            N_(
                "{title} usually takes {usual} min (last {meetings} meetings) but the agenda "
                "gives it {given} min"
            ),
            title=item.title,
            usual=round(by_item[item.id].time / MINUTE),
            meetings=by_item[item.id].meetings,
            given=round(item.timebox / MINUTE),
        )
        for item in agenda.items
        if item.id in by_item and _differs_from_usual(item, by_item[item.id].time)
    ]
    if hints:
        yield reduce(_join_hints, hints)


def _join_hints(first: Message, second: Message) -> Message:
    return message(N_("{one}. {more}"), one=first, more=second)


def _differs_from_usual(item: Item, usual: timedelta) -> bool:
    """Return whether a timebox differs much from the usual time; never for buffers."""
    is_buffer = item.kind is ItemKind.BUFFER
    return not is_buffer and abs(usual - item.timebox) >= max(
        MIN_DIFFERENCE, MIN_DIFFERENCE_SHARE * item.timebox
    )


def _median_without_outliers(times: list[timedelta]) -> timedelta:
    minutes = [time / MINUTE for time in times]
    low, _, high = quantiles(minutes, method="inclusive")
    reach = TUKEY_FENCE * (high - low)
    within = [each for each in minutes if low - reach <= each <= high + reach]
    return max(round(median(within)), 1) * MINUTE
