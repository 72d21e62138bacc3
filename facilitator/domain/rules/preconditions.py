"""Preconditions that rules check first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, RuleError

if TYPE_CHECKING:  # `clean_text` is wanted by programs that have no meeting to load
    from facilitator.domain.meeting import Meeting
from facilitator.domain.meeting import Meeting


def must_be_open(meeting: Meeting) -> None:
    """Refuse any step in a meeting whose minutes are final."""
    if meeting.is_closed:
        raise RuleError(N_("This meeting is closed; its minutes are final."))


def must_be_running(meeting: Meeting) -> None:
    """Refuse what belongs to the meeting's hour once it is over, even while it is reopened."""
    must_be_open(meeting)
    if meeting.is_reopened:
        raise RuleError(
            N_("This meeting is over: reopened, what was written can be changed, not its clock.")
        )


def must_be_closed(meeting: Meeting) -> None:
    """Refuse to reopen what is open."""
    if not meeting.is_closed:
        raise RuleError(N_("This meeting is open: resume it from the lobby."))
