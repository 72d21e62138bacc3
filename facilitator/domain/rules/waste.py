"""Steps that tell of minutes lost."""

import math
from datetime import datetime, timedelta

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.conduct import TimeLost
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.standing import line, must_be_open
from facilitator.domain.timekeeping import ZERO, duration
from facilitator.domain.waste import LostTime, Waste

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(hours=8)


def lose_time(
    meeting: Meeting, now: datetime, cause: Waste, time: timedelta, about: str = ""
) -> TimeLost:
    """Tell how many minutes were lost, and to what."""
    must_be_open(meeting)
    if not time:
        raise RuleError(N_("Write how many minutes were lost."))
    must_fit(meeting, now, time)
    lost = LostTime(cause=cause, time=time, about=line(about), item_id=meeting.current, at=now)
    return TimeLost(at=now, lost=lost)


def must_fit(meeting: Meeting, now: datetime, time: timedelta) -> None:
    """Refuse more lost minutes than the meeting has had, the one that has begun included."""
    lasted = math.ceil(duration(meeting, now) / MINUTE) * MINUTE
    before = sum((each.time for each in meeting.waste), ZERO)
    if not ZERO <= time <= LONGEST or before + time > lasted:
        raise RuleError(
            N_("The meeting has lasted {minutes} min so far, {lost} of them lost: write fewer."),
            minutes=lasted // MINUTE,
            lost=before // MINUTE,
        )
