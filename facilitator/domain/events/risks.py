"""Events about risks, and about who signed that no problem is known."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId


class RiskRaised(Struct, frozen=True, kw_only=True):
    """A risk was raised."""

    at: datetime
    risk: Risk


class RiskChanged(Struct, frozen=True, kw_only=True):
    """The text, owner or state of a risk was changed."""

    at: datetime
    risk: Risk


class RiskClosed(Struct, frozen=True, kw_only=True):
    """A risk was closed."""

    at: datetime
    risk_id: RiskId
    ended_by: str
    """What ended it."""


class NoProblemSigned(Struct, frozen=True, kw_only=True):
    """Somebody signed “no known problem”, or withdrew the signature."""

    at: datetime
    person: PersonId
    is_signed: bool = True


RiskStep = RiskRaised | RiskChanged | RiskClosed | NoProblemSigned
