"""Events about the focus: its answer, and the review of what is open."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.events.decisions import DecisionRuled
from facilitator.domain.events.notes import TopicParked
from facilitator.domain.focus import FocusReview


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusReviewed:
    """The room went through what was open when the focus changed; one undo takes it all back."""

    at: datetime
    review: FocusReview
    closed: tuple[ActionClosed, ...] = ()
    topics: tuple[TopicParked, ...] = ()
    """What parked action items went on as."""
    ruled: tuple[DecisionRuled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusAnswered:
    """The opening question got its answer."""

    at: datetime
    text: str
