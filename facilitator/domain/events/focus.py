"""Events about the focus: its answer, and the review of what is open."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.events.decisions import DecisionRuled
from facilitator.domain.events.notes import TopicParked
from facilitator.domain.focus import FocusReview


class FocusReviewed(Struct, frozen=True, kw_only=True):
    """The room went through what was open when the focus changed; one undo takes it all back."""

    at: datetime
    review: FocusReview
    closed: tuple[ActionClosed, ...] = ()
    topics: tuple[TopicParked, ...] = ()
    """What parked action items went on as."""
    ruled: tuple[DecisionRuled, ...] = ()


class FocusAnswered(Struct, frozen=True, kw_only=True):
    """The opening question got its answer."""

    at: datetime
    text: str
