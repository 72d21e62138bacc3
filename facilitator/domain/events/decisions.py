"""Events about decisions."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.decision import Decision, DecisionId, Option, Position, Ruling
from facilitator.domain.risk import RiskId


class DecisionProposed(Struct, frozen=True, kw_only=True):
    """A question was added to the queue."""

    at: datetime
    decision: Decision
    risk_id: RiskId | None = None
    """The risk that the question is about, if any."""


class DecisionChanged(Struct, frozen=True, kw_only=True):
    """An open question or its options were changed."""

    at: datetime
    decision: Decision


class DecisionRuled(Struct, frozen=True, kw_only=True):
    """A question was settled, postponed, returned or dropped."""

    at: datetime
    decision_id: DecisionId
    ruling: Ruling
    options: tuple[Option, ...] = ()
    """The options that were offered where the question had none of its own."""


class DecisionReopened(Struct, frozen=True, kw_only=True):
    """A question that was ruled in this meeting was opened again."""

    at: datetime
    decision_id: DecisionId


class PositionTaken(Struct, frozen=True, kw_only=True):
    """Somebody took a position on a question; it replaces their earlier one."""

    at: datetime
    decision_id: DecisionId
    stance: Position


class BypassAccepted(Struct, frozen=True, kw_only=True):
    """A ruling that bypassed the supervisor was accepted, with the reason."""

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
