"""The sample's files: where they are, and a copy of them with every date moved."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from platformdirs import user_data_path

import facilitator
from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.arguments import PROGRAM
from facilitator.cli.local_timezone import local_timezone
from facilitator.cli.workspace import AGENDA_FILE, Workspace
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpis.kpi import last_full_week
from facilitator.render.language import _

AGENDA_BY_LANGUAGE = {"en": "weekly", "zh_CN": "weekly-zh"}
"""The name of the sample's agenda in each language."""
STORY_FILE = "last_meeting.toml"
"""Beside each agenda of the sample: what was said a week before; it is not copied."""
START_ROUNDED_TO = timedelta(minutes=5)
MAX_AGE_DAYS = 8
"""How old a report of the copy may be: on any weekday, last week's data must be young enough.

It may be Monday for the team while it is still Sunday for the data."""

_START_DAY = re.compile(rb"^starts = (\d{4}-\d\d-\d\d)T", re.MULTILINE)
_ISO_DAY = re.compile(rb"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_STARTS_LINE = re.compile(rb"^starts = \S+", re.MULTILINE)
_TIMEZONE_LINE = re.compile(rb'^timezone = "[^"]*"', re.MULTILINE)
_MAX_AGE_LINE = re.compile(rb"^max_age_days = \d+", re.MULTILINE)


def demo_now() -> datetime:
    """Return this moment in the time zone of the computer, or of the sample if that has no name."""
    zone = local_timezone() or load_sample_agenda(sample_agendas_folder()).starts.tzinfo
    return SystemClock().now().astimezone(zone)


def demo_folder(named: Path | None, now: datetime) -> Path:
    """Return the folder that was named, or else one for this day among the user's data."""
    if named is not None:
        return named.absolute()
    return user_data_path(PROGRAM, appauthor=False) / "demo" / now.date().isoformat()


def load_sample_agenda(agendas: Path, name: str = AGENDA_BY_LANGUAGE["en"]) -> Agenda:
    """Return an agenda of the sample; raises FacilitatorError where it has a fault."""
    agenda, problems = read_agenda(agendas / name / AGENDA_FILE)
    if agenda is None:
        raise FacilitatorError(
            N_("The sample is damaged: {problem} Install Facilitator again."),
            problem=problems[0].translate(_),
        )
    return agenda


def is_sample_prepared(folder: Path, on: date) -> bool:
    """Return whether `folder` holds the sample of this day already.

    Raises FacilitatorError where it holds anything else, such as the sample of another day.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return False
    held = {file.parent.name for file in Workspace(folder).agenda_files()}
    if not held.issuperset(AGENDA_BY_LANGUAGE.values()):
        raise FacilitatorError(
            N_("{folder} contains other files. Name a new or empty folder."), folder=folder
        )
    agenda = (folder / "agendas" / AGENDA_BY_LANGUAGE["en"] / AGENDA_FILE).read_bytes()
    starts = _START_DAY.search(agenda)  # the lobby reads the rest
    if starts is not None and (day := starts[1].decode()) != on.isoformat():
        raise FacilitatorError(
            N_("{folder} contains the sample of {day}. Name another folder for today's."),
            folder=folder,
            day=day,
        )
    return True


class DateShift(Struct, frozen=True, kw_only=True):
    """How far the dates of the sample move, and when its meeting starts."""

    by: timedelta
    """Whole weeks: the last full week before today becomes the sample's last."""
    starts: datetime
    """In the time zone that the meeting is held in."""


def date_shift_to(now: datetime, sample: Agenda) -> DateShift:
    """Return the shift that prepares the meeting of the sample for this moment.

    The last full week is told in the time zone of the sample's data, as in the meeting. A time
    zone without a name cannot be written into an agenda, so the sample's own is used instead.
    """
    has_name = isinstance(now.tzinfo, ZoneInfo)
    local = now if has_name else now.astimezone(sample.starts.tzinfo)
    local = local.replace(second=0, microsecond=0)
    past = timedelta(minutes=local.minute) % START_ROUNDED_TO
    last, samples = (last_full_week(sample.data_day_of(each)).end for each in (now, sample.starts))
    return DateShift(by=last - samples, starts=local - past)


def copy_with_dates_shifted(source: Path, target: Path, move: DateShift) -> None:
    """Copy a folder; every ISO date in the names and contents of its files is moved.

    Hidden files are not copied, as a cache of the reports would not fit the copy; nor is the
    story of the last meeting, which is no part of an agenda.
    """
    for file in sorted(each for each in source.rglob("*") if each.is_file()):
        inside = file.relative_to(source)
        if file.name == STORY_FILE or any(part.startswith(".") for part in inside.parts):
            continue
        place = _shift_days(str(inside).encode(), move.by).decode()
        content = _shift_days(file.read_bytes(), move.by)
        if file.name == AGENDA_FILE:
            content = _set_start(content, move.starts)
        copy = target / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def _shift_days(content: bytes, by: timedelta) -> bytes:
    days: dict[bytes, bytes] = {}

    def later(found: re.Match[bytes]) -> bytes:
        day = found[0]
        if day not in days:
            days[day] = _shift_day(day, by)
        return days[day]

    return _ISO_DAY.sub(later, content)


def _shift_day(day: bytes, by: timedelta) -> bytes:
    try:
        return (date.fromisoformat(day.decode()) + by).isoformat().encode()
    except (ValueError, OverflowError):  # digits that only look like a day
        return day


def _set_start(agenda: bytes, starts: datetime) -> bytes:
    wall = starts.replace(tzinfo=None).isoformat().encode()
    agenda = _STARTS_LINE.sub(b"starts = " + wall, agenda)
    agenda = _MAX_AGE_LINE.sub(b"max_age_days = %d" % MAX_AGE_DAYS, agenda)
    if isinstance(starts.tzinfo, ZoneInfo):
        zone = b'timezone = "%s"' % starts.tzinfo.key.encode()
        agenda = _TIMEZONE_LINE.sub(zone, agenda, count=1)  # the second one is that of the data
    return agenda


def sample_agendas_folder() -> Path:
    """Return the folder of the sample's agendas: in the installed package, or in the repository."""
    package = Path(facilitator.__file__).parent
    installed = package / "sample"
    return installed if installed.is_dir() else package.parent / "agendas"
