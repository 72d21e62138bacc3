"""Events about decisions."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.decision import Decision, DecisionId, Position, Ruling
from facilitator.domain.risk import RiskId


class DecisionProposed(Struct, frozen=True, kw_only=True):
    """A new question came up."""

    at: datetime
    decision: Decision
    risk_id: RiskId | None = None
    """The risk that it is about."""


class DecisionChanged(Struct, frozen=True, kw_only=True):
    """A question or its options were worded anew."""

    at: datetime
    decision: Decision


class DecisionRuled(Struct, frozen=True, kw_only=True):
    """The room settled a question, put it off, or dropped it."""

    at: datetime
    decision_id: DecisionId
    ruling: Ruling


class DecisionReopened(Struct, frozen=True, kw_only=True):
    """A question that was settled today is open again."""

    at: datetime
    decision_id: DecisionId


class PositionTaken(Struct, frozen=True, kw_only=True):
    """Somebody said where they stand on a question; their last word counts."""

    at: datetime
    decision_id: DecisionId
    stance: Position


class BypassAccepted(Struct, frozen=True, kw_only=True):
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
