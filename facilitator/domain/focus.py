"""The answer to the opening question, and the review that follows when it changes."""

import unicodedata

from msgspec import Struct


class FocusReview(Struct, frozen=True, kw_only=True):
    """What the room made of its open promises and questions, once the focus had changed."""

    focus: str
    """The answer that they were held against."""
    kept: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    killed: tuple[str, ...] = ()
    """Ids of action items and decisions."""
    reason: str = ""
    """Why some were killed."""


def has_focus_changed(before: str, now: str) -> bool:
    """Whether an answer is another one than that of last time; case and blanks do not matter."""
    return bool(before and now) and _normalized(before) != _normalized(now)


def _normalized(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
