"""Events about the focus: the answer to the opening question, and the focus review."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.events.decisions import DecisionRuled
from facilitator.domain.events.notes import TopicParked
from facilitator.domain.focus import FocusReview


class FocusReviewed(Struct, frozen=True, kw_only=True):
    """The open entries were reviewed after the focus had changed.

    It holds the changes that follow from the review, so that one undo takes all of them back.
    """

    at: datetime
    review: FocusReview
    closed: tuple[ActionClosed, ...] = ()
    """The action items that were parked or killed."""
    topics: tuple[TopicParked, ...] = ()
    """The topics that replace the parked action items."""
    ruled: tuple[DecisionRuled, ...] = ()
    """The questions that were postponed, returned or dropped."""


class FocusAnswered(Struct, frozen=True, kw_only=True):
    """The opening question was answered."""

    at: datetime
    text: str
