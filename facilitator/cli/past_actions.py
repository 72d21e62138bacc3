"""Every action item there ever was, as the library remembers it."""

from facilitator.domain.past.meetings import Past
from facilitator.session.ports import OpenAction
from facilitator.session.stored import MeetingId


def every_action(past: Past) -> tuple[OpenAction, ...]:
    """Each action item as the last meeting that had it left it, or as it was closed since."""
    return tuple(
        OpenAction(
            meeting_id=MeetingId(each.meeting.id),
            series=each.meeting.series,
            action=each.action,
            owner_name=each.owner_name,
        )
        for each in past.actions
    )
