"""The facts of a meeting about the room as a whole: who came, what matters, what stays open."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.carried import Override
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.waste import LostTime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTaken:
    """The roll was called."""

    at: datetime
    absent: tuple[PersonId, ...] = ()
    unread: tuple[PersonId, ...] | None = None
    """Who had not read the papers; None where nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusAnswered:
    """The opening question got its answer."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEndAccepted:
    """Something still open at the end was accepted as it is."""

    at: datetime
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLost:
    """Minutes were lost to something other than a topic that was parked."""

    at: datetime
    lost: LostTime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRated:
    """The people were asked what they thought of the meeting."""

    at: datetime
    ratings: tuple[Rating, ...] = ()
    """One for each who gave one."""


ConductStep = AttendanceTaken | FocusAnswered | OpenEndAccepted | TimeLost | MeetingRated
