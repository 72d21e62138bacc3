"""A copy of the sample with its days moved, so that it is always prepared for today."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from facilitator.cli.workspace import AGENDA_FILE
from facilitator.domain.kpis.kpi import last_full_week

ROUND_START = timedelta(minutes=5)
WEEK = 7
"""Days: on any day of the week, the data of the week before is not too old."""

_DAY = re.compile(rb"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_STARTS = re.compile(rb"^starts = \S+", re.MULTILINE)
_TIMEZONE = re.compile(rb'^timezone = "[^"]*"', re.MULTILINE)
_MAX_AGE = re.compile(rb"^max_age_days = \d+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How far the sample's days move, and when its meeting begins."""

    by: timedelta
    """Whole weeks: the last full week before today becomes the sample's last."""
    starts: datetime
    """In the time zone that the meeting is held in."""


def move_to(now: datetime, sample_day: date) -> Move:
    """The move that prepares a sample of `sample_day` for this moment."""
    local = now.replace(second=0, microsecond=0)
    past = timedelta(minutes=local.minute) % ROUND_START
    return Move(
        by=last_full_week(now.date()).end - last_full_week(sample_day).end, starts=local - past
    )


def copy_moved(source: Path, target: Path, move: Move) -> None:
    """Copy a folder; every ISO day in the names and the contents of its files is moved.

    What is hidden stays behind: facts that were kept of the reports are not those of the copy.
    """
    for file in sorted(each for each in source.rglob("*") if each.is_file()):
        inside = file.relative_to(source)
        if any(part.startswith(".") for part in inside.parts):
            continue
        place = _moved(str(inside).encode(), move.by).decode()
        content = _moved(file.read_bytes(), move.by)
        if file.name == AGENDA_FILE:
            content = _for_today(content, move.starts)
        copy = target / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def _moved(content: bytes, by: timedelta) -> bytes:
    days: dict[bytes, bytes] = {}

    def later(found: re.Match[bytes]) -> bytes:
        day = found[0]
        if day not in days:
            days[day] = _shifted(day, by)
        return days[day]

    return _DAY.sub(later, content)


def _shifted(day: bytes, by: timedelta) -> bytes:
    try:
        return (date.fromisoformat(day.decode()) + by).isoformat().encode()
    except (ValueError, OverflowError):  # digits that only look like a day
        return day


def _for_today(agenda: bytes, starts: datetime) -> bytes:
    wall = starts.replace(tzinfo=None).isoformat().encode()
    agenda = _STARTS.sub(b"starts = " + wall, agenda)
    agenda = _MAX_AGE.sub(b"max_age_days = %d" % WEEK, agenda)
    if isinstance(starts.tzinfo, ZoneInfo):
        agenda = _TIMEZONE.sub(b'timezone = "%s"' % starts.tzinfo.key.encode(), agenda)
    return agenda
