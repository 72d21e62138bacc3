"""The answer to the opening question, meeting by meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from facilitator.domain.focus import has_focus_changed
from facilitator.domain.past.meetings import PastMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusWeek:
    """A meeting that answered it."""

    meeting: PastMeeting
    replaced: str = ""
    """The answer of the meeting before in its series, where it was another one."""


def focus_weeks(newest_first: Iterable[PastMeeting]) -> tuple[FocusWeek, ...]:
    """Those that answered it, the newest first; one without an answer leaves the last standing."""
    latest: dict[str, str] = {}
    weeks: list[FocusWeek] = []
    for meeting in reversed(tuple(newest_first)):
        if meeting.focus:
            before = latest.get(meeting.series, "")
            is_new = has_focus_changed(before, meeting.focus)
            weeks.append(FocusWeek(meeting=meeting, replaced=before if is_new else ""))
            latest[meeting.series] = meeting.focus
    return tuple(reversed(weeks))
