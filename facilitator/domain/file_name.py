"""Names given by people that become names of files and folders on any system."""

import re
import unicodedata
from collections.abc import Iterable

from facilitator.domain.errors import N_, Message, message

SERIES_PATTERN = r"[A-Za-z0-9_-]{1,40}"
"""The name of a series; it becomes part of a path."""
_SERIES = re.compile(SERIES_PATTERN)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows takes for a device, in every folder."""


def series_name_fault(name: str) -> Message | None:
    """Return why a series, and the folder of its agenda, cannot have this name; None if it can."""
    if not _SERIES.fullmatch(name) or name.startswith("-"):
        return message(
            N_(
                "“{series}” cannot be the name of a series. Use 1 to 40 of A–Z, a–z, 0–9, - and _; "
                "do not begin with -."
            ),
            series=name,
        )
    if _DEVICES.fullmatch(name):
        return message(
            N_("“{series}” is the name of a device on Windows. Choose another, such as {better}."),
            series=name,
            better=f"{name}-meeting",
        )
    return None


def same_but_for_case(name: str, taken: Iterable[str]) -> str | None:
    """Return the name in use that many systems cannot tell from this one; None without one.

    They ignore upper and lower case, and how a letter with an accent is composed. A name that is
    in use as it is has no such twin.
    """
    known = set(taken)
    if name in known:
        return None
    folded = _fold(name)
    return next((each for each in sorted(known) if _fold(each) == folded), None)


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
