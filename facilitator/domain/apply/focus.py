"""Apply the review that follows a changed focus."""

from msgspec.structs import replace

from facilitator.domain.apply.actions import apply_action
from facilitator.domain.apply.decisions import apply_decision
from facilitator.domain.apply.notes import apply_note
from facilitator.domain.events.focus import FocusReviewed
from facilitator.domain.meeting import Meeting


def apply_focus_review(meeting: Meeting, event: FocusReviewed) -> Meeting:
    """The meeting with what its new focus leaves standing."""
    for closed in event.closed:
        meeting = apply_action(meeting, closed)
    for topic in event.topics:
        meeting = apply_note(meeting, topic)
    for ruled in event.ruled:
        meeting = apply_decision(meeting, ruled)
    return replace(meeting, focus_reviews=(*meeting.focus_reviews, event.review))
