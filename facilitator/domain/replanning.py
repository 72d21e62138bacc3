"""Ending on time: where a late meeting takes minutes from, and what else helps."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import accumulate
from math import ceil

from msgspec import Struct

from facilitator.domain.agenda import Item, ItemId, ItemKind
from facilitator.domain.decision import DecisionId
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting

ZERO = timedelta()
SHORTEST_TIMEBOX = timedelta(minutes=1)
ON_TIME_TOLERANCE = timedelta(seconds=30)
"""How late a meeting may be and still count as on time."""


class SkippableItem(Struct, frozen=True, kw_only=True):
    """An item still to come that could be left out."""

    place: int
    """Its number on the agenda, from 1."""
    item: Item
    frees: timedelta


class DelayOptions(Struct, frozen=True, kw_only=True):
    """What the room could do about a lateness that taking time does not make up for.

    Each of the two ways is enough by itself; one that would not be is empty.
    """

    late: timedelta
    skip: tuple[SkippableItem, ...] = ()
    move: tuple[DecisionId, ...] = ()
    """Questions for the next meeting, the last ones of the queue."""
    share: timedelta = ZERO
    """What each question that is moved leaves of the time for decisions."""
    cost_per_minute: float
    """A minute of everybody present, in the agenda's currency."""


def shorten_timeboxes(items: Iterable[ItemProgress], late: timedelta) -> dict[ItemId, timedelta]:
    """The timeboxes of the items still to come, with up to `late` taken from them.

    Buffers give first, down to nothing. Then the items that may be cut give, in proportion to
    what each has left, down to a minute. Protected ones and all others keep what they have.
    """
    pending = [each for each in items if each.state is ItemState.PENDING]
    boxes = {each.item.id: each.timebox for each in pending}
    givers = [each for each in pending if not each.item.is_protected]
    buffers = [each for each in givers if each.item.kind is ItemKind.BUFFER]
    others = [each for each in givers if each.item.may_be_cut and each not in buffers]
    wanted = max(late, ZERO)
    for group in (buffers, others):
        for item_id, given in _time_given(group, wanted):
            boxes[item_id] -= given
            wanted -= given
    return boxes


def delay_options(
    meeting: Meeting, late: timedelta, left: Mapping[ItemId, timedelta], cost_per_minute: float
) -> DelayOptions:
    """What would end a meeting on time that is `late` although time was taken.

    `left` is what the running item and those still to come will need.
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


def _time_given(
    givers: Iterable[ItemProgress], wanted: timedelta
) -> Iterator[tuple[ItemId, timedelta]]:
    """What each gives: in proportion to what it has left, but no more than it can spare.

    Those that reach their floor soonest come first, so that the others share what these lack.
    """
    in_turn = sorted(
        (e for e in givers if _time_left(e)),
        key=lambda each: _time_to_spare(each) / _time_left(each),
    )
    total = sum(map(_time_left, in_turn), ZERO)
    for each in in_turn:
        given = min(wanted * (_time_left(each) / total), _time_to_spare(each))
        yield each.item.id, given
        wanted -= given
        total -= _time_left(each)


def _time_left(progress: ItemProgress) -> timedelta:
    return max(progress.timebox - progress.spent, ZERO)


def _time_to_spare(progress: ItemProgress) -> timedelta:
    floor = ZERO if progress.item.kind is ItemKind.BUFFER else SHORTEST_TIMEBOX
    return max(progress.timebox - max(floor, progress.spent), ZERO)


def _skippable_items(meeting: Meeting, left: Mapping[ItemId, timedelta]) -> list[SkippableItem]:
    """The items that could be left out, the smallest first."""
    spared = [
        SkippableItem(place=place, item=each.item, frees=left[each.item.id])
        for place, each in enumerate(meeting.items, start=1)
        if each.state is ItemState.PENDING and not each.item.is_protected
    ]
    return sorted(spared, key=lambda each: each.frees)


def _smallest_sufficient(spared: list[SkippableItem], late: timedelta) -> tuple[SkippableItem, ...]:
    """The smallest that is enough, else the fewest; none where all together are not."""
    alone = next((each for each in spared if each.frees >= late), None)
    if alone is not None:
        return (alone,)
    largest = spared[::-1]
    sums = accumulate(each.frees for each in largest)
    count = next((place for place, freed in enumerate(sums, start=1) if freed >= late), 0)
    return tuple(sorted(largest[:count], key=lambda each: each.place))


def decisions_item(meeting: Meeting) -> ItemProgress | None:
    """The item that questions are ruled in, until it is over."""
    to_come = (ItemState.PENDING, ItemState.RUNNING)
    in_turn = (each for each in meeting.items if each.item.kind is ItemKind.DECISIONS)
    return next((each for each in in_turn if each.state in to_come), None)


def _time_for_decisions(meeting: Meeting, left: Mapping[ItemId, timedelta]) -> timedelta:
    """What moving questions can free: nothing of an item still to come that was cut already."""
    progress = decisions_item(meeting)
    if progress is None:
        return ZERO
    is_cut = progress.item.may_be_cut and not progress.item.is_protected
    return ZERO if is_cut and progress.state is ItemState.PENDING else left[progress.item.id]
