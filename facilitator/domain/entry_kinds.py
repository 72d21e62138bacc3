"""The register of all kinds of entry: a new kind is added here."""

from collections.abc import Iterator

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.entry import Entry
from facilitator.domain.incident import Incident
from facilitator.domain.note import Note, ParkedTopic
from facilitator.domain.risk import Risk

ENTRY_TYPES: tuple[type[Entry], ...] = (Decision, ActionItem, Risk, ParkedTopic, Note, Incident)
"""In the order in which people read them."""


def entries_in(value: object) -> Iterator[Entry]:
    """Yield every entry that an event holds, in its fields or in those of events within it."""
    if isinstance(value, Entry):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from entries_in(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from entries_in(getattr(value, name))
