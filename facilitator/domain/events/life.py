"""The facts of a meeting's life beyond its hour: another recorder, and a change after the close."""

from dataclasses import dataclass
from datetime import date, datetime

from facilitator.domain.carried import Numbers
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PenHandedOver:
    """Somebody else records from now on."""

    at: datetime
    to: PersonId
    lets_go: bool = False
    """Whether they go on in a terminal of their own: the room goes on while they open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReopened:
    """Closed minutes were opened again, to be changed into a new version.

    Told once more of a meeting that is open again already, it only brings the numbers up to date.
    """

    at: datetime
    reason: str
    numbers: Numbers
    """The next free ones of the series: what later meetings gave away is not given again."""
    met_since: date | None = None
    """The day of the series' latest meeting, where that went on with what was left open here."""
