"""The facts of a meeting about the room as a whole: who came, what matters, what stays open."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.carried import Override
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTaken:
    """The roll was called."""

    at: datetime
    absent: tuple[PersonId, ...] = ()


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


ConductStep = AttendanceTaken | FocusAnswered | OpenEndAccepted
