"""Events about decisions."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.decision import Decision, DecisionId, Position, Ruling
from facilitator.domain.risk import RiskId


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionProposed:
    """A new question came up."""

    at: datetime
    decision: Decision
    risk_id: RiskId | None = None
    """The risk that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChanged:
    """A question or its options were worded anew."""

    at: datetime
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRuled:
    """The room settled a question, put it off, or dropped it."""

    at: datetime
    decision_id: DecisionId
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReopened:
    """A question that was settled today is open again."""

    at: datetime
    decision_id: DecisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken:
    """Somebody said where they stand on a question; their last word counts."""

    at: datetime
    decision_id: DecisionId
    stance: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class BypassAccepted:
    """A ruling past the supervisor was accepted as it is."""

    at: datetime
    decision_id: DecisionId
    reason: str


DecisionStep = (
    DecisionProposed
    | DecisionChanged
    | DecisionRuled
    | DecisionReopened
    | PositionTaken
    | BypassAccepted
)
