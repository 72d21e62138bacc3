"""Events about risks, and who signed that none is known."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRaised:
    """Somebody named a problem."""

    at: datetime
    risk: Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskChanged:
    """A risk was worded anew, was given to somebody, or stands otherwise now."""

    at: datetime
    risk: Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskClosed:
    """A risk is over."""

    at: datetime
    risk_id: RiskId
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoProblemSigned:
    """Somebody signed “no known problem”, or took that back."""

    at: datetime
    person: PersonId
    is_signed: bool = True


RiskStep = RiskRaised | RiskChanged | RiskClosed | NoProblemSigned
