"""Every action item there ever was, read from the journals: the library keeps the open ones."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from facilitator.adapters.journal_reading import find_journals, fit, read_journal
from facilitator.domain.action import ActionStatus
from facilitator.session.closing import remainder
from facilitator.session.ports import OpenAction


def every_action(root: Path, still_open: Iterable[OpenAction]) -> tuple[OpenAction, ...]:
    """Each action item as the last meeting that had it left it, or as it was closed since."""
    now_open = {(each.series, each.action.id) for each in still_open}
    latest = {(each.series, each.action.id): each for each in _left(root)}
    return tuple(
        replace(each, action=replace(each.action, status=ActionStatus.DONE))
        if each.action.is_open and key not in now_open
        else each
        for key, each in latest.items()
    )


def _left(root: Path) -> Iterator[OpenAction]:
    for journal in find_journals(root):
        meeting = fit(journal.path, read_journal(journal.path).events).meeting
        if meeting is None:
            continue
        left = remainder(meeting)
        for entry in left.actions:
            yield OpenAction(
                meeting_id=journal.meeting_id,
                series=left.series,
                action=entry.action,
                owner_name=entry.owner_name,
            )
