"""Notes and parked topics."""

from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from facilitator.domain.agenda import ItemId

NoteId = NewType("NoteId", str)
"""`N1`, `N2`… within a meeting."""
TopicId = NewType("TopicId", str)
"""`P1`, `P2`… unique in a series."""


class Note(Struct, frozen=True, kw_only=True):
    """A remark made while an item was on."""

    id: NoteId
    item_id: ItemId | None
    text: str
    at: datetime
    became: str = ""
    """The id of the action item, the question or the topic that it was turned into."""
    is_sensitive: bool = False
    """Whether only the recorder's file tells its words."""


class TopicStatus(StrEnum):
    """Where a topic in the parking lot stands."""

    PARKED = "parked"
    SETTLED = "settled"
    DROPPED = "dropped"


class ParkedTopic(Struct, frozen=True, kw_only=True):
    """A topic put off: it comes back at the next meeting until it is settled or dropped."""

    id: TopicId
    text: str
    parked_on: date
    during: str = ""
    """The title of the item that it came up in."""
    item_id: ItemId | None = None
    """Set for an agenda item that was not reached."""
    status: TopicStatus = TopicStatus.PARKED
    is_sensitive: bool = False
    """Whether only the recorder's file tells its words."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its time."""
        return self.status is TopicStatus.PARKED
