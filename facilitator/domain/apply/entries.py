"""Add, replace and remove entries of a meeting, of whatever kind."""

from collections.abc import Iterable
from typing import TypeVar

from facilitator.domain.entry import Entry, EntryT, find_entry
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.meeting import Meeting

Found = TypeVar("Found")


def require_found(found: Found | None, wanted: str) -> Found:
    """Return what was found.

    Raises JournalError where nothing was.
    """
    if found is None:
        raise JournalError(N_("The journal mentions {id}, which was never added."), id=wanted)
    return found


def require_entry(entries: Iterable[EntryT], entry_id: str) -> EntryT:
    """Return the entry with this id.

    Raises JournalError where there is none.
    """
    return require_found(find_entry(entries, entry_id), entry_id)


def replaced(entries: tuple[EntryT, ...], new: EntryT) -> tuple[EntryT, ...]:
    """Return the entries with a new one in the place of the one with its id.

    Raises JournalError where there is none.
    """
    require_entry(entries, new.id)
    return tuple(new if entry.id == new.id else entry for entry in entries)


def add_entry(meeting: Meeting, *new: Entry) -> Meeting:
    """Return the meeting with new entries after the others of their kinds."""
    for entry in new:
        kind = type(entry)
        meeting = meeting.with_entries(kind, (*meeting.entries_of(kind), entry))
    return meeting


def replace_entry(meeting: Meeting, new: Entry) -> Meeting:
    """Return the meeting with an entry as it is now.

    Raises JournalError where the meeting has none with its id.
    """
    return meeting.with_entries(type(new), replaced(meeting.entries_of(type(new)), new))


def remove_entry(meeting: Meeting, entry_id: str | None) -> Meeting:
    """Return the meeting without the entry with this id; unchanged where it has none."""
    entry = meeting.entry(entry_id) if entry_id else None
    if entry is None:
        return meeting
    kind = type(entry)
    return meeting.with_entries(kind, (e for e in meeting.entries_of(kind) if e.id != entry_id))
