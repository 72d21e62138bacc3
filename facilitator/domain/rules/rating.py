"""The step that tells what the room thought of the meeting."""

from dataclasses import replace
from datetime import datetime

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.conduct import MeetingRated
from facilitator.domain.meeting import Meeting
from facilitator.domain.rating import GOOD, HIGHEST, LOWEST, Rating
from facilitator.domain.rules.standing import line, must_be_open


def rate_meeting(meeting: Meeting, now: datetime, ratings: tuple[Rating, ...]) -> MeetingRated:
    """Keep the ratings of those present who gave one; nobody may have."""
    must_be_open(meeting)
    present = {person.id for person in meeting.present}
    if not present.issuperset(each.person for each in ratings):
        raise RuleError(N_("Only people who are present can rate the meeting."))
    rated = tuple(replace(each, reason=line(each.reason)) for each in ratings)
    for each in rated:
        name = meeting.name_of(each.person)
        if not LOWEST <= each.score <= HIGHEST:
            raise RuleError(
                N_("{name}: a rating is a number from {low} to {high}."),
                name=name,
                low=LOWEST,
                high=HIGHEST,
            )
        if each.score < GOOD and not each.reason:
            raise RuleError(
                N_("{name}: ask why it is below {good}; the minutes keep the reason."),
                name=name,
                good=GOOD,
            )
    return MeetingRated(at=now, ratings=rated)
