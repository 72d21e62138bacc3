"""The fold's part for a changed focus: what is closed, parked and ruled is so as anywhere else."""

from dataclasses import replace

from facilitator.domain.action_fold import promised
from facilitator.domain.decision_fold import decided
from facilitator.domain.focus_events import FocusReviewed
from facilitator.domain.meeting import Meeting
from facilitator.domain.note_fold import written_down


def refocused(meeting: Meeting, event: FocusReviewed) -> Meeting:
    """The meeting with what its new focus leaves standing."""
    for closed in event.closed:
        meeting = promised(meeting, closed)
    for topic in event.topics:
        meeting = written_down(meeting, topic)
    for ruled in event.ruled:
        meeting = decided(meeting, ruled)
    return replace(meeting, focus_reviews=(*meeting.focus_reviews, event.review))
