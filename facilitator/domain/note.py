"""Notes and parked topics."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NewType, Self

from facilitator.domain.agenda import ItemId
from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_

NoteId = NewType("NoteId", str)
"""`N1`, `N2`… within a meeting."""
TopicId = NewType("TopicId", str)
"""`P1`, `P2`… unique in a series."""


class Note(Entry, frozen=True, kw_only=True):
    """A remark made while an item was on."""

    entry_kind: ClassVar = EntryKind.NOTE
    letter: ClassVar = "N"
    list_name: ClassVar = "notes"
    title_name: ClassVar = N_("Note")
    short_name: ClassVar = N_("note")
    is_numbered_by_meeting: ClassVar = True

    id: NoteId
    item_id: ItemId | None
    text: str
    at: datetime
    became: str = ""
    """The id of the action item, the question or the topic that it was turned into."""
    is_sensitive: bool = False
    """Whether only the recorder's file has its words."""

    @property
    def made(self) -> str | None:
        """The id of what it became."""
        return self.became or None

    @property
    def state_code(self) -> str:
        """Return nothing: a note has no state."""
        return ""

    @property
    def state_name(self) -> str:
        """Return nothing: a note has no state."""
        return ""

    def redacted(self, placeholder: str) -> Self:
        """Return when something was noted, and what it became."""
        return type(self)(
            id=self.id,
            item_id=self.item_id,
            text=placeholder,
            at=self.at,
            became=self.became,
            is_sensitive=self.is_sensitive,
        )


class TopicStatus(StrEnum):
    """Where a topic in the parking lot stands."""

    PARKED = "parked"
    SETTLED = "settled"
    DROPPED = "dropped"


TOPIC_STATUS_NAMES = {
    TopicStatus.PARKED: N_("parked"),
    TopicStatus.SETTLED: N_("settled"),
    TopicStatus.DROPPED: N_("dropped"),
}


class ParkedTopic(Entry, frozen=True, kw_only=True):
    """A topic put off: it comes back at the next meeting until it is settled or dropped."""

    entry_kind: ClassVar = EntryKind.TOPIC
    letter: ClassVar = "P"
    list_name: ClassVar = "topics"
    title_name: ClassVar = N_("Parked topic")
    short_name: ClassVar = N_("parked topic")

    id: TopicId
    text: str
    parked_on: date
    during: str = ""
    """The title of the item that it came up in."""
    item_id: ItemId | None = None
    """Set for an agenda item that was not reached."""
    timebox: timedelta = timedelta()
    """The time that such an item is to have."""
    status: TopicStatus = TopicStatus.PARKED
    is_sensitive: bool = False
    """Whether only the recorder's file has its words."""

    @property
    def state_code(self) -> str:
        """Its status."""
        return self.status

    @property
    def state_name(self) -> str:
        """Its status."""
        return TOPIC_STATUS_NAMES[self.status]

    def redacted(self, placeholder: str) -> Self:
        """Return since when it waits; not the item that it came up in, which may be sensitive."""
        return type(self)(
            id=self.id,
            text=placeholder,
            parked_on=self.parked_on,
            item_id=self.item_id,
            timebox=self.timebox,
            status=self.status,
            is_sensitive=self.is_sensitive,
        )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its time."""
        return self.status is TopicStatus.PARKED
