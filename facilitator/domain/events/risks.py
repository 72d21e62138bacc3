"""The facts of a meeting about bad news: problems named, and who signed that there are none."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.known_risk import KnownRisk, RiskId
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNamed:
    """Somebody named a problem."""

    at: datetime
    risk: KnownRisk


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskChanged:
    """A risk was worded anew, was given to somebody, or stands otherwise now."""

    at: datetime
    risk: KnownRisk


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


RiskStep = RiskNamed | RiskChanged | RiskClosed | NoProblemSigned
