"""Preconditions of rules; each raises RuleError if it is not met."""

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.meeting import Meeting


def must_be_open(meeting: Meeting) -> None:
    """Raise RuleError if the meeting is closed."""
    if meeting.is_closed:
        raise RuleError(N_("This meeting is closed, and its minutes are final."))


def must_be_running(meeting: Meeting) -> None:
    """Raise RuleError if the meeting is over, even if its minutes are reopened."""
    must_be_open(meeting)
    if meeting.is_reopened:
        raise RuleError(
            N_("This meeting is over. Reopened minutes can be changed, but not the clock.")
        )


def must_be_closed(meeting: Meeting) -> None:
    """Raise RuleError if the meeting is not closed."""
    if not meeting.is_closed:
        raise RuleError(N_("This meeting is still open. Resume it from the lobby."))
