"""The fold's part for a changed focus: what is closed, parked and ruled is so as anywhere else."""

from dataclasses import replace

from facilitator.domain.events.focus import FocusReviewed
from facilitator.domain.folds.actions import promised
from facilitator.domain.folds.decisions import decided
from facilitator.domain.folds.notes import written_down
from facilitator.domain.meeting import Meeting


def refocused(meeting: Meeting, event: FocusReviewed) -> Meeting:
    """The meeting with what its new focus leaves standing."""
    for closed in event.closed:
        meeting = promised(meeting, closed)
    for topic in event.topics:
        meeting = written_down(meeting, topic)
    for ruled in event.ruled:
        meeting = decided(meeting, ruled)
    return replace(meeting, focus_reviews=(*meeting.focus_reviews, event.review))
