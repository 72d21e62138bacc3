"""The focus (the answer to the opening question), and the review when it changes."""

import unicodedata

from msgspec import Struct


class FocusReview(Struct, frozen=True, kw_only=True):
    """What was kept, parked and killed of the open entries after the focus had changed."""

    focus: str
    """The new focus."""
    kept: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    killed: tuple[str, ...] = ()
    """Ids of action items and decisions; so are `kept` and `parked`."""
    reason: str = ""
    """Why entries were killed."""


def has_focus_changed(before: str, now: str) -> bool:
    """Return whether two answers differ in more than case and white space."""
    return bool(before and now) and _normalized(before) != _normalized(now)


def _normalized(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
