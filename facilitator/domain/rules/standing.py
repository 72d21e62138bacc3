"""What every step asks first, and what they all do with typed text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, RuleError

if TYPE_CHECKING:  # `plain` is wanted by programs that have no meeting to load
    from facilitator.domain.meeting import Meeting

LONGEST_LINE = 2_000
"""Characters that a single field may hold."""
LONGEST_NOTE = 100_000
"""Characters that a note may hold."""

KEPT_CONTROLS = frozenset("\n\t")
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def must_be_open(meeting: Meeting) -> None:
    """Refuse any step in a meeting whose minutes are final."""
    if meeting.is_closed:
        raise RuleError(N_("This meeting is closed; its minutes are final."))


def must_be_under_way(meeting: Meeting) -> None:
    """Refuse what belongs to the meeting's hour once it is over, even while it is reopened."""
    must_be_open(meeting)
    if meeting.is_reopened:
        raise RuleError(
            N_("This meeting is over: reopened, what was written can be changed, not its clock.")
        )


def harmless(text: str) -> str:
    """Text without what would steer a terminal, or turn the direction of what stands beside it."""
    return "".join(
        each
        for each in text
        if each in KEPT_CONTROLS
        or (unicodedata.category(each) not in ("Cc", "Cs") and each not in BIDI_CONTROLS)
    )


def plain(text: str, longest: int = LONGEST_NOTE) -> str:
    """What was typed, as harmless text without blanks at its ends."""
    kept = harmless(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(kept) > longest:
        raise RuleError(
            N_("That text has {length} characters; {longest} is the most that fits here."),
            length=len(kept),
            longest=longest,
        )
    return kept


def line(text: str) -> str:
    """What was typed into a field of one line."""
    return " ".join(plain(text, LONGEST_LINE).split())


def required(text: str, question: str) -> str:
    """A line that may not be empty; `question` says what is asked for."""
    kept = line(text)
    if not kept:
        raise RuleError(question)
    return kept
