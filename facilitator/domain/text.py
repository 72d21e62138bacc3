"""The text policy: what is kept of text that people typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, RuleError

if TYPE_CHECKING:  # `clean_text` is wanted by programs that have no meeting to load
    pass


MAX_LINE_LENGTH = 2_000
"""Characters that a single field may hold."""


MAX_TEXT_LENGTH = 100_000
"""Characters that a note may hold."""


KEPT_CONTROLS = frozenset("\n\t")


BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def remove_unsafe_characters(text: str) -> str:
    """Text without what would steer a terminal, or turn the direction of what stands beside it."""
    return "".join(
        each
        for each in text
        if each in KEPT_CONTROLS
        or (unicodedata.category(each) not in ("Cc", "Cs") and each not in BIDI_CONTROLS)
    )


def clean_text(text: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """What was typed, as harmless text without blanks at its ends."""
    kept = remove_unsafe_characters(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(kept) > longest:
        raise RuleError(
            N_("That text has {length} characters; {longest} is the most that fits here."),
            length=len(kept),
            longest=longest,
        )
    return kept


def clean_line(text: str) -> str:
    """What was typed into a field of one line."""
    return " ".join(clean_text(text, MAX_LINE_LENGTH).split())


def require_line(text: str, question: str) -> str:
    """A line that may not be empty; `question` says what is asked for."""
    kept = clean_line(text)
    if not kept:
        raise RuleError(question)
    return kept
