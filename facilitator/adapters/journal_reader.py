"""Read journals without changing them: find, parse, recover, follow."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.event_codec import (
    UnreadableLineError,
    clean_journal_line,
    decode_line,
    type_name,
)
from facilitator.domain.errors import N_, Diagnostic, JournalError, StorageError, message
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.meeting import Meeting
from facilitator.session.stored_meetings import MeetingId

JOURNAL_FILE = "journal.jsonl"
MEETING_ID_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}-[A-Za-z0-9_-]+\Z")
"""What a meeting's folder may be called; no other name is ever opened."""


class JournalContent(Struct, frozen=True, kw_only=True):
    """What a journal holds, as far as it can be read."""

    events: tuple[MeetingEvent, ...]
    problems: tuple[Diagnostic, ...] = ()
    """Damaged or missing lines, by their place; a torn end is none, opening heals it."""
    good_size: int
    """Bytes up to the end of the last whole line; whatever follows was torn off."""
    size: int
    """Of the whole file."""
    last_number: int = 0


class RecoveredJournal(Struct, frozen=True, kw_only=True):
    """What is left of a damaged journal."""

    events: tuple[MeetingEvent, ...]
    meeting: Meeting | None
    """Where they lead; None where not even the opening is left."""
    problems: tuple[Diagnostic, ...] = ()


class FoundJournal(Struct, frozen=True, kw_only=True):
    """A journal in the meetings folder, not yet read."""

    meeting_id: MeetingId
    path: Path
    size: int


def read_journal(path: Path) -> JournalContent:
    """Read a journal without changing it.

    Raises StorageError where it cannot be read at all.
    """
    try:
        require_regular_file(path)
        content = path.read_bytes()
    except OSError as error:
        raise read_error(path, error) from error
    return parse_journal(path, content)


def recover_events(path: Path, events: Iterable[MeetingEvent]) -> RecoveredJournal:
    """The events that still make sense in this order, and what is said of the others."""
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
    """The journals of all meetings in a folder, oldest first."""
    try:
        return tuple(sorted(_scan_journals(root), key=lambda each: each.meeting_id))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_error(root, error) from error


def require_regular_file(path: Path) -> bool:
    """Whether the file is there; a link, a folder or a pipe in its place is refused."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise StorageError(
            N_("{file} is not a plain file; move it away, then open the meeting again."), file=path
        )
    return True


def parse_journal(path: Path, content: bytes) -> JournalContent:
    """What `content`, read from a journal at `path`, tells of."""
    *lines, torn = content.split(b"\n")
    good_size = len(content) - len(torn)
    events: list[MeetingEvent] = []
    problems: list[Diagnostic] = []
    number = highest = 0
    for place, line in enumerate(lines, start=1):
        try:
            found = decode_line(clean_journal_line(line))
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
        highest = max(highest, number)
    return JournalContent(
        events=tuple(events),
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
                continue
            if size:
                yield FoundJournal(meeting_id=MeetingId(entry.name), path=path, size=size)


def _inapplicable_event(path: Path, event: MeetingEvent, error: JournalError) -> Diagnostic:
    return Diagnostic(
        file=path.name,
        message=message(
            N_("“{type}” does not fit what is left of the journal: {reason}"),
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
            N_("The events before and after it are whole; go on without it, or restore the file.")
        ),
    )


def _unexpected_number(path: Path, place: int, expected: int, found: int) -> Diagnostic:
    return Diagnostic(
        file=path.name,
        line=place,
        message=message(
            N_("Event {expected} should stand here, but event {found} does."),
            expected=expected,
            found=found,
        ),
        hint=message(N_("Somebody changed the file; restore it, or go on without what is lost.")),
    )


class JournalFollower:
    """Reads along in a journal that somebody else writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._seen = (0, 0)

    def poll(self) -> tuple[MeetingEvent, ...]:
        """The events since the last poll; a half-written line waits for the next.

        Raises JournalError where events that were told are gone again: the disk had
        refused them, so a new follower must begin anew.
        """
        try:
            found = self._path.stat()
            seen = (found.st_size, found.st_mtime_ns)
            if seen == self._seen:
                return ()
            if found.st_size < self._offset:
                raise JournalError(N_("The journal was cut back; follow it again."))
            with self._path.open("rb") as handle:
                handle.seek(self._offset)
                content = handle.read()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise read_error(self._path, error) from error
        whole = content[: content.rfind(b"\n") + 1]
        self._seen = seen
        self._offset += len(whole)
        return tuple(_decodable_events(whole))


def _decodable_events(content: bytes) -> Iterator[MeetingEvent]:
    for line in content.splitlines():
        try:
            yield decode_line(clean_journal_line(line)).event
        except JournalError:  # the writer names damage; whoever only looks on shows what is left
            continue
