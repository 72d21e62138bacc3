"""Replanning a late meeting: shorten timeboxes, skip items, postpone questions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import accumulate
from math import ceil

from msgspec import Struct

from facilitator.domain.agenda import Item, ItemId, ItemKind
from facilitator.domain.decision import DecisionId
from facilitator.domain.durations import MINUTE, NO_TIME
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting

SHORTEST_TIMEBOX = MINUTE
ON_TIME_TOLERANCE = timedelta(seconds=30)
"""A meeting that ends this much late still counts as on time."""


class SkippableItem(Struct, frozen=True, kw_only=True):
    """An item that has not begun and could be skipped."""

    place: int
    """Its number on the agenda, from 1."""
    item: Item
    frees: timedelta
    """The time it would take."""


class DelayOptions(Struct, frozen=True, kw_only=True):
    """What can be done if shorter timeboxes are not enough to end on time.

    Skipping `skip` and moving `move` are alternatives: either is enough by itself. One that
    would not be enough is empty.
    """

    late: timedelta
    """How late the meeting will end."""
    skip: tuple[SkippableItem, ...] = ()
    move: tuple[DecisionId, ...] = ()
    """The questions to move to the next meeting, from the end of the queue."""
    share: timedelta = NO_TIME
    """The time that each question that is moved saves."""
    cost_per_minute: float
    """The cost of a minute with everybody present, in the agenda's currency."""


def shorten_timeboxes(items: Iterable[ItemProgress], late: timedelta) -> dict[ItemId, timedelta]:
    """Return the timeboxes of the items not begun, shortened by up to `late` in total.

    Buffers are shortened first, to nothing if need be. Then the items that may be cut are
    shortened in proportion to the time they have left, to no less than a minute. All other items
    keep their timeboxes.
    """
    pending = [each for each in items if each.state is ItemState.PENDING]
    boxes = {each.item.id: each.timebox for each in pending}
    shortenable = [each for each in pending if not each.item.is_protected]
    buffers = [each for each in shortenable if each.item.kind is ItemKind.BUFFER]
    cuttable = [each for each in shortenable if each.item.may_be_cut and each not in buffers]
    remaining = max(late, NO_TIME)
    for group in (buffers, cuttable):
        for item_id, cut in _proportional_cuts(group, remaining):
            boxes[item_id] -= cut
            remaining -= cut
    return boxes


def delay_options(
    meeting: Meeting, late: timedelta, left: Mapping[ItemId, timedelta], cost_per_minute: float
) -> DelayOptions:
    """Return what can be done about a meeting that will end `late`.

    `left` is the time that the running item and those not begun will need.
    """
    waiting = meeting.open_decisions
    share = _time_for_decisions(meeting, left) / max(len(waiting), 1)
    movable = [each.id for each in waiting if not each.is_incomplete]
    moved = ceil(late / share) if share else len(movable) + 1
    return DelayOptions(
        late=late,
        skip=_smallest_sufficient(_skippable_items(meeting, left), late),
        move=tuple(movable[-moved:]) if moved <= len(movable) else (),
        share=share,
        cost_per_minute=cost_per_minute,
    )


def _proportional_cuts(
    items: Iterable[ItemProgress], total_cut: timedelta
) -> Iterator[tuple[ItemId, timedelta]]:
    """Yield by how much each timebox is shortened: in proportion to the time it has left.

    No timebox is shortened by more than it can spare. The items that reach that limit first come
    first, so that the rest is divided among the others.
    """
    ordered = sorted(
        (e for e in items if _time_left(e)),
        key=lambda each: _time_to_spare(each) / _time_left(each),
    )
    total_left = sum(map(_time_left, ordered), NO_TIME)
    for each in ordered:
        cut = min(total_cut * (_time_left(each) / total_left), _time_to_spare(each))
        yield each.item.id, cut
        total_cut -= cut
        total_left -= _time_left(each)


def _time_left(progress: ItemProgress) -> timedelta:
    return max(progress.timebox - progress.spent, NO_TIME)


def _time_to_spare(progress: ItemProgress) -> timedelta:
    floor = NO_TIME if progress.item.kind is ItemKind.BUFFER else SHORTEST_TIMEBOX
    return max(progress.timebox - max(floor, progress.spent), NO_TIME)


def _skippable_items(meeting: Meeting, left: Mapping[ItemId, timedelta]) -> list[SkippableItem]:
    """Return the items that could be skipped, the shortest first."""
    skippable = [
        SkippableItem(place=place, item=each.item, frees=left[each.item.id])
        for place, each in enumerate(meeting.items, start=1)
        if each.state is ItemState.PENDING and not each.item.is_protected
    ]
    return sorted(skippable, key=lambda each: each.frees)


def _smallest_sufficient(items: list[SkippableItem], late: timedelta) -> tuple[SkippableItem, ...]:
    """Return the shortest item that is enough, or else the fewest items that are.

    Returns an empty tuple if all of them together are not enough.
    """
    single = next((each for each in items if each.frees >= late), None)
    if single is not None:
        return (single,)
    largest = items[::-1]
    sums = accumulate(each.frees for each in largest)
    count = next((place for place, total in enumerate(sums, start=1) if total >= late), 0)
    return tuple(sorted(largest[:count], key=lambda each: each.place))


def decisions_item(meeting: Meeting) -> ItemProgress | None:
    """Return the item in which questions are ruled; None if there is none or it is over."""
    to_come = (ItemState.PENDING, ItemState.RUNNING)
    candidates = (each for each in meeting.items if each.item.kind is ItemKind.DECISIONS)
    return next((each for each in candidates if each.state in to_come), None)


def _time_for_decisions(meeting: Meeting, left: Mapping[ItemId, timedelta]) -> timedelta:
    """Return the time that moving questions can save.

    It is 0 if that item has not begun and may be cut: then it is already shortened.
    """
    progress = decisions_item(meeting)
    if progress is None:
        return NO_TIME
    is_cut = progress.item.may_be_cut and not progress.item.is_protected
    return NO_TIME if is_cut and progress.state is ItemState.PENDING else left[progress.item.id]
