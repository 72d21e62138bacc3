"""Minutes that a meeting lost, and to what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from facilitator.domain.agenda import ItemId
from facilitator.domain.errors import N_, RuleError


class Waste(StrEnum):
    """What minutes are lost to, the most frequent first."""

    OFF_TOPIC = "off_topic"
    NO_PRE_READ = "no_pre_read"
    UNCLEAR_RIGHTS = "unclear_rights"


WASTE_NAMES = {
    Waste.OFF_TOPIC: N_("off topic"),
    Waste.NO_PRE_READ: N_("papers not read"),
    Waste.UNCLEAR_RIGHTS: N_("unclear who decides"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LostTime:
    """Some minutes that were lost, as the room guessed them."""

    cause: Waste
    time: timedelta
    about: str = ""
    item_id: ItemId | None = None
    """The item that lost them."""
    at: datetime


def read_minutes(text: str) -> timedelta:
    """The minutes that were typed, none for no text; raises RuleError for anything else."""
    if not text.strip():
        return timedelta()
    number = text.strip()
    if not number.isdecimal() or len(number) > 4:
        raise RuleError(N_("“{text}” is no number of minutes: write 4, for example."), text=number)
    return timedelta(minutes=int(number))
