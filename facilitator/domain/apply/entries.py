"""Find, replace and remove entries of a meeting's lists by id."""

from typing import Protocol, TypeVar

from facilitator.domain.errors import N_, JournalError

Found = TypeVar("Found")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


EntryT = TypeVar("EntryT", bound=_HasId)


def require_entry(entry: Found | None, entry_id: str) -> Found:
    """The entry; raises JournalError where the journal speaks of what is not there."""
    if entry is None:
        raise JournalError(N_("The journal speaks of {id}, which was never added."), id=entry_id)
    return entry


def replace_entry(entries: tuple[EntryT, ...], new: EntryT) -> tuple[EntryT, ...]:
    """The entries with a new one in the place of that with its id; raises JournalError likewise."""
    require_entry(next((entry for entry in entries if entry.id == new.id), None), new.id)
    return tuple(new if entry.id == new.id else entry for entry in entries)


def remove_entry(entries: tuple[EntryT, ...], entry_id: str) -> tuple[EntryT, ...]:
    """The entries but the one with this id."""
    return tuple(entry for entry in entries if entry.id != entry_id)
