"""Events about risks, and who signed that none is known."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId


class RiskRaised(Struct, frozen=True, kw_only=True):
    """Somebody named a problem."""

    at: datetime
    risk: Risk


class RiskChanged(Struct, frozen=True, kw_only=True):
    """A risk was worded anew, was given to somebody, or stands otherwise now."""

    at: datetime
    risk: Risk


class RiskClosed(Struct, frozen=True, kw_only=True):
    """A risk is over."""

    at: datetime
    risk_id: RiskId
    ended_by: str


class NoProblemSigned(Struct, frozen=True, kw_only=True):
    """Somebody signed “no known problem”, or took that back."""

    at: datetime
    person: PersonId
    is_signed: bool = True


RiskStep = RiskRaised | RiskChanged | RiskClosed | NoProblemSigned
