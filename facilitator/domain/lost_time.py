"""Time that a meeting lost, and the cause."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from facilitator.domain.agenda import ItemId
from facilitator.domain.errors import N_


class LossCause(StrEnum):
    """The causes of lost time, the most frequent first."""

    OFF_TOPIC = "off_topic"
    NO_PRE_READ = "no_pre_read"
    UNCLEAR_RIGHTS = "unclear_rights"


LOSS_CAUSE_NAMES = {
    LossCause.OFF_TOPIC: N_("off topic"),
    LossCause.NO_PRE_READ: N_("pre-read not done"),
    LossCause.UNCLEAR_RIGHTS: N_("unclear who decides"),
}


class LostTime(Struct, frozen=True, kw_only=True):
    """A period of lost time, as the participants estimated it."""

    cause: LossCause
    time: timedelta
    about: str = ""
    item_id: ItemId | None = None
    """The item that was running."""
    at: datetime
