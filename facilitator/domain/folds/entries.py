"""Entries of a meeting's lists, looked up and exchanged by id."""

from typing import Protocol, TypeVar

from facilitator.domain.errors import N_, JournalError

Found = TypeVar("Found")


class _Entry(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Entry)


def found(entry: Found | None, entry_id: str) -> Found:
    """The entry; raises JournalError where the journal speaks of what is not there."""
    if entry is None:
        raise JournalError(N_("The journal speaks of {id}, which was never added."), id=entry_id)
    return entry


def exchanged(entries: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    """The entries with a new one in the place of that with its id; raises JournalError likewise."""
    found(next((entry for entry in entries if entry.id == new.id), None), new.id)
    return tuple(new if entry.id == new.id else entry for entry in entries)


def without(entries: tuple[Entry, ...], entry_id: str) -> tuple[Entry, ...]:
    """The entries but the one with this id."""
    return tuple(entry for entry in entries if entry.id != entry_id)
