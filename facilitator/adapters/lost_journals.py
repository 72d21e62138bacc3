"""Meetings whose journal is empty, missing, or not a file of its own."""

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.journal_reader import JOURNAL_FILE, MEETING_ID_PATTERN
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.session.stored_meetings import MeetingId

_TRACES = ("minutes.md", "minutes-recorder.md", "journal.torn")
"""Files that only a meeting leaves whose journal held something."""
_LOCK_FILE = "journal.lock"
_EMPTY = N_("This journal is empty, so nothing of its meeting can be read.")
_MISSING = N_("This journal is missing, so nothing of its meeting can be read.")
_NO_FILE = N_("This is a link or a device and no file of its own, so it is not read.")


class LostJournal(Struct, frozen=True, kw_only=True):
    """A meeting of which only the library may know something."""

    meeting_id: MeetingId
    diagnostic: Diagnostic


def find_lost_journals(
    root: Path, found: Collection[MeetingId], known: Collection[MeetingId]
) -> tuple[LostJournal, ...]:
    """Return the meetings in a folder whose journals cannot be read at all, oldest first.

    Those with a journal to read were `found` before. A folder that never held an event is none of
    them, unless its meeting is `known`. Raises StorageError if the folder cannot be read.
    """
    try:
        with os.scandir(root) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name not in found and MEETING_ID_PATTERN.match(entry.name)
            )
        return tuple(_lost_journals(root, names, known))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_error(root, error) from error


def _lost_journals(
    root: Path, names: list[str], known: Collection[MeetingId]
) -> Iterator[LostJournal]:
    for name in names:
        meeting_id, folder = MeetingId(name), root / name
        path = folder / JOURNAL_FILE
        if folder.is_symlink():
            is_meeting = meeting_id in known or not folder.exists() or os.path.lexists(path)
            path, fault = folder, _NO_FILE if is_meeting else ""
        elif not folder.is_dir():
            continue
        else:
            fault = _fault(path, is_known=meeting_id in known)
        if fault:
            yield LostJournal(meeting_id=meeting_id, diagnostic=_diagnostic(path, fault))


def _fault(path: Path, *, is_known: bool) -> str:
    """Return why a journal cannot be read; empty if it can, or never held anything."""
    had_events = is_known or any((path.parent / each).exists() for each in _TRACES)
    try:
        found = path.lstat()
    except FileNotFoundError:
        return _MISSING if had_events or (path.parent / _LOCK_FILE).exists() else ""
    if stat.S_ISREG(found.st_mode):
        return _EMPTY if had_events and not found.st_size else ""
    try:
        is_reported = path.stat().st_size > 0  # whoever reads it says what it is
    except OSError:
        is_reported = False
    return "" if is_reported else _NO_FILE


def _diagnostic(path: Path, fault: str) -> Diagnostic:
    hint = N_(
        "Restore it from a backup. Until then, what the library knows of the meeting stays; if the "
        "meeting is not needed, move its folder away."
    )
    return Diagnostic(file=str(path), message=message(fault), hint=message(hint))
