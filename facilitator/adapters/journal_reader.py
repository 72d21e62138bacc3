"""Read journals without changing them: find, parse, recover."""

import os
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.event_codec import (
    UnreadableLineError,
    clean_json,
    decode_line,
    type_name,
)
from facilitator.adapters.regular_file import read_regular
from facilitator.domain.errors import (
    N_,
    Diagnostic,
    JournalError,
    Severity,
    StorageError,
    message,
)
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.meeting import Meeting
from facilitator.session.stored_meetings import MeetingId

JOURNAL_FILE = "journal.jsonl"
MEETING_ID_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}-[A-Za-z0-9_-]+\Z")
"""The names of meeting folders; no folder with another name is opened."""


def recovered_name(journal: Path, moment: str) -> Path:
    """Return the file for the steps of a journal that another program replaced at a moment."""
    return journal.with_stem(f"{journal.stem}.recovered-{moment}")


def replaced_name(journal: Path, moment: str) -> Path:
    """Return the file for a copy that took the place of a journal at a moment."""
    return journal.with_stem(f"{journal.stem}.replaced-{moment}")


def newest_recovered(journal: Path) -> Path | None:
    """Return the file of the steps that were recovered last and not put back; None if none was.

    Raises OSError where the folder cannot be read.
    """
    name = recovered_name(journal, "*").name
    with os.scandir(journal.parent) as entries:
        found = [(each.stat().st_size, each.path) for each in entries if fnmatch(each.name, name)]
    return Path(max(found)[1]) if found else None


class JournalContent(Struct, frozen=True, kw_only=True):
    """The readable content of a journal."""

    events: tuple[MeetingEvent, ...]
    numbers: tuple[int, ...] = ()
    """Of the lines of these events."""
    problems: tuple[Diagnostic, ...] = ()
    """Damaged or missing lines; not an incomplete last line, which opening for writing removes."""
    good_size: int
    """Bytes up to the end of the last complete line."""
    size: int
    """Bytes of the whole file."""
    last_number: int = 0


class RecoveredJournal(Struct, frozen=True, kw_only=True):
    """The usable events of a damaged journal."""

    events: tuple[MeetingEvent, ...]
    meeting: Meeting | None
    """The meeting that they make; None if its opening is lost."""
    problems: tuple[Diagnostic, ...] = ()


class FoundJournal(Struct, frozen=True, kw_only=True):
    """A journal in the meetings folder, not yet read."""

    meeting_id: MeetingId
    path: Path
    size: int


def read_journal(path: Path) -> JournalContent:
    """Read a journal without changing it; raises StorageError if it cannot be read at all."""
    try:
        require_regular_file(path)
        content = read_regular(path)
    except OSError as error:
        raise read_error(path, error) from error
    return parse_journal(path, content)


def read_steps(path: Path) -> JournalContent:
    """Read the journal of a meeting, or the steps that another program left out of it.

    Raises StorageError if it cannot be read at all.
    """
    try:
        recovered = newest_recovered(path)
    except OSError as error:
        raise read_error(path, error) from error
    if recovered is None or recovered == path:
        return read_journal(path)
    reading = read_journal(recovered)
    other = Diagnostic(
        file=path.name,
        message=message(
            N_("Another program replaced this journal, so {file} was read."), file=recovered.name
        ),
        hint=message(N_("Resume the meeting to put it back; the other copy is kept.")),
        severity=Severity.WARNING,
    )
    return replace(reading, problems=(other, *reading.problems))


def recover_events(path: Path, events: Iterable[MeetingEvent]) -> RecoveredJournal:
    """Return the events that can be applied in this order, and a diagnostic for each other one."""
    course, kept, problems = EventHistory(), [], []
    meeting: Meeting | None = None
    for event in events:
        try:
            meeting = course.add(event)
        except JournalError as error:
            problems.append(_inapplicable_event(path, event, error))
        else:
            kept.append(event)
    return RecoveredJournal(events=tuple(kept), meeting=meeting, problems=tuple(problems))


def find_journals(root: Path) -> tuple[FoundJournal, ...]:
    """Return the journals of all meetings in a folder, oldest first; unreadable: StorageError."""
    try:
        return tuple(sorted(_scan_journals(root), key=lambda each: each.meeting_id))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_error(root, error) from error


def require_regular_file(path: Path) -> bool:
    """Return whether a file exists; raises StorageError for a link, folder or pipe in its place."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise StorageError(
            N_("{file} is not a regular file. Move it away, then open the meeting again."),
            file=path,
        )
    return True


def parse_journal(path: Path, content: bytes) -> JournalContent:
    """Return the events in `content`, which was read from a journal at `path`.

    An incomplete last line is left out silently. A line that cannot be read is reported, and
    counted as one event, so that the numbers of the following lines still match.
    """
    *lines, torn = content.split(b"\n")
    good_size = len(content) - len(torn)
    events: list[MeetingEvent] = []
    numbers: list[int] = []
    problems: list[Diagnostic] = []
    number = highest = 0
    for place, line in enumerate(lines, start=1):
        try:
            text = line.removeprefix(BOM_UTF8) if place == 1 else line  # an editor put it there
            found = decode_line(clean_json(text))
        except JournalError as error:
            if isinstance(error, UnreadableLineError) and place == len(lines) and not torn:
                good_size -= len(line) + 1
                break
            problems.append(_damaged_line(path, place, error))
            number += 1
        else:
            if found.number != number + 1:
                problems.append(_unexpected_number(path, place, number + 1, found.number))
            events.append(found.event)
            number = found.number
            numbers.append(number)
        highest = max(highest, number)
    return JournalContent(
        events=tuple(events),
        numbers=tuple(numbers),
        problems=tuple(problems),
        good_size=good_size,
        size=len(content),
        last_number=highest,
    )


def _scan_journals(root: Path) -> Iterator[FoundJournal]:
    with os.scandir(root) as entries:
        for entry in entries:
            if not MEETING_ID_PATTERN.match(entry.name) or not entry.is_dir(follow_symlinks=False):
                continue
            path = Path(entry.path, JOURNAL_FILE)
            try:
                size = path.stat().st_size
            except FileNotFoundError:
                if (recovered := newest_recovered(path)) is None:
                    continue
                path, size = recovered, recovered.stat().st_size
            if size:
                yield FoundJournal(meeting_id=MeetingId(entry.name), path=path, size=size)


def _inapplicable_event(path: Path, event: MeetingEvent, error: JournalError) -> Diagnostic:
    return Diagnostic(
        file=path.name,
        message=message(
            N_("“{type}” does not follow from the rest of the journal: {reason}"),
            type=type_name(event),
            reason=error.message,
        ),
    )


def _damaged_line(path: Path, place: int, error: JournalError) -> Diagnostic:
    return Diagnostic(
        file=path.name,
        line=place,
        message=error.message,
        hint=message(
            N_(
                "The events before and after it are intact. Continue without it, or restore the "
                "file."
            )
        ),
    )


def _unexpected_number(path: Path, place: int, expected: int, found: int) -> Diagnostic:
    return Diagnostic(
        file=path.name,
        line=place,
        message=message(
            N_("Event {expected} was expected here, but event {found} was found."),
            expected=expected,
            found=found,
        ),
        hint=message(
            N_("The file was changed by hand. Restore it, or continue without what is lost.")
        ),
    )
