"""The time zone of this computer, by its IANA name."""

import os
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

LOCALTIME_FILE = Path("/etc/localtime")
"""A link into the time zone database on most systems."""


def local_timezone() -> ZoneInfo | None:
    """Return the time zone that this computer is set to; None where it has no IANA name."""
    for name in _candidate_names():
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # not a name, or not in the zone database
            continue
    return None


def _candidate_names() -> Iterator[str]:
    yield os.environ.get("TZ", "").removeprefix(":")
    _, marker, name = os.path.realpath(LOCALTIME_FILE).partition("zoneinfo/")
    if marker:
        yield name.removeprefix("posix/")
