"""How long items usually take, for whoever prepares the next agenda."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import reduce
from itertools import islice
from statistics import median, quantiles

from msgspec import Struct

from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.errors import N_, Message, message

MINUTE = timedelta(minutes=1)
MEETINGS_CONSIDERED = 8
"""How many meetings are looked at."""
MIN_MEETINGS = 3
"""How many of them must have had the item."""
TUKEY_FENCE = 1.5
"""How far beyond the quartiles a time is an outlier, in interquartile ranges: Tukey's fences.

J. W. Tukey, Exploratory Data Analysis, 1977.
"""
MIN_DIFFERENCE = 2 * MINUTE
MIN_DIFFERENCE_SHARE = 0.2
"""By how much a timebox must differ from what is usual to be worth a word."""


class UsualTime(Struct, frozen=True, kw_only=True):
    """What an item took in the meetings before."""

    item: ItemId
    time: timedelta
    """The median without outliers, in whole minutes."""
    meetings: int
    """How many had it."""


def usual_times(
    newest_first: Iterable[Iterable[tuple[ItemId, timedelta]]],
) -> tuple[UsualTime, ...]:
    """What each item usually takes, by what the newest meetings spent on it."""
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
    """The timeboxes that are far from what their items usually take, in one line if there are any.

    That is good to know for whoever copied the last agenda; nothing is wrong with it.
    """
    by_item = {each.item: each for each in usual}
    told = [
        message(
            N_(
                "{title} took {usual} min in the last {meetings} meetings, the agenda gives {given}"
            ),
            title=item.title,
            usual=round(by_item[item.id].time / MINUTE),
            meetings=by_item[item.id].meetings,
            given=round(item.timebox / MINUTE),
        )
        for item in agenda.items
        if item.id in by_item and _differs_from_usual(item, by_item[item.id].time)
    ]
    if told:
        yield reduce(lambda one, more: message(N_("{one}; {more}"), one=one, more=more), told)


def _differs_from_usual(item: Item, usual: timedelta) -> bool:
    """A buffer is as long as the others leave it."""
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
