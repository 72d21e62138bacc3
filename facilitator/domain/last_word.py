"""Who has the last word on an action item: the meeting that had it last, or who closed it since.

No clock decides that, since two computers may disagree about the time. Whoever closes an action
item between meetings records which line of the meeting's journal they had seen. A step of the
meeting that they had not seen was taken without knowing of theirs, and counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.entry_kinds import entries_in
from facilitator.domain.events.actions import (
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionStep,
)
from facilitator.domain.events.focus import FocusReviewed
from facilitator.domain.events.meeting import MeetingEvent, Step, StepRedone, StepUndone


class LastHolder(Struct, frozen=True, kw_only=True):
    """The last meeting that had an action item."""

    meeting: str
    """The name of its folder."""
    opened_at: datetime
    line: int = 0
    """The last line of its journal that is about the action item; 0 if none is."""


def has_last_word(close: ActionClosed, holder: LastHolder, opened: Mapping[str, datetime]) -> bool:
    """Return whether an action item stays closed that somebody closed between meetings.

    `opened` tells when each known meeting was opened. Entries of earlier versions, which do not
    say what they had seen, and those that saw a meeting that is gone, count by their time.
    """
    seen = close.seen
    if seen is None or seen.meeting not in opened:
        return close.at >= holder.opened_at
    if seen.meeting == holder.meeting:
        return holder.line <= seen.line
    # A later meeting that has it began without knowing that it was closed.
    return opened[seen.meeting] > holder.opened_at


class ClosesBetween(Struct, frozen=True, kw_only=True):
    """Everything that was closed between meetings."""

    closes: Mapping[tuple[str, ActionId], tuple[ActionClosed, ...]] = {}
    """By series and id, each in the order in which it was written."""
    opened: Mapping[str, datetime] = {}
    """When each known meeting was opened, by the name of its folder."""

    def standing(self, series: str, action_id: ActionId, holder: LastHolder) -> ActionClosed | None:
        """Return how an action item was closed after `holder` left it; None if it was not."""
        closes = self.closes.get((series, action_id), ())
        return next((e for e in closes[::-1] if has_last_word(e, holder, self.opened)), None)

    def overruled(
        self, series: str, action_id: ActionId, holder: LastHolder
    ) -> tuple[ActionClosed, ...]:
        """Return what was written of an action item without knowing a step that counts instead.

        Nothing is if the last of them counts: whoever wrote it had seen that step.
        """
        if self.standing(series, action_id, holder) is not None:
            return ()
        closes = self.closes.get((series, action_id), ())
        return tuple(e for e in closes if e.seen and not has_last_word(e, holder, self.opened))


def action_lines(numbered: Iterable[tuple[int, MeetingEvent]]) -> dict[ActionId, int]:
    """Return the number of the last line about each action item, of the lines of one journal.

    To undo or redo a step about it is about it too.
    """
    lines: dict[ActionId, int] = {}
    done: list[Step] = []
    undone: list[Step] = []
    for number, event in numbered:
        steps: Iterable[Step] = ()
        if isinstance(event, StepUndone):
            steps = _move_last(done, undone)
        elif isinstance(event, StepRedone):
            steps = _move_last(undone, done)
        elif isinstance(event, Step):
            done.append(event)
            undone.clear()
            steps = (event,)
        for step in steps:
            lines.update(dict.fromkeys(_actions_of(step), number))
    return lines


def _move_last(source: list[Step], target: list[Step]) -> tuple[Step, ...]:
    if not source:  # a damaged journal
        return ()
    target.append(source.pop())
    return (target[-1],)


def _actions_of(step: Step) -> Iterator[ActionId]:
    """Yield the ids of the action items that a step adds, changes or closes."""
    for entry in entries_in(step):
        if isinstance(entry, ActionItem):
            yield entry.id
    if isinstance(step, FocusReviewed):
        yield from (each.action_id for each in step.closed)
    elif isinstance(step, ActionStep) and not isinstance(step, ActionAdded | ActionChanged):
        yield step.action_id
