"""When an agenda was sent, and how long before the meeting."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.agenda import Agenda
from facilitator.domain.durations import HOUR, MINUTE, NO_TIME
from facilitator.domain.errors import N_, Message, message


class Publication(Struct, frozen=True, kw_only=True):
    """A record of when an agenda was sent, and for which meeting."""

    starts: datetime
    """The planned start of that meeting."""
    sent_at: datetime
    """When it was sent for the first time."""
    updated_at: datetime | None = None
    """When it was last sent again, if it was."""

    def is_for(self, starts: datetime) -> bool:
        """Return whether it is about the meeting on the day of `starts`.

        One agenda file is used for many meetings in turn.
        """
        return self.starts.astimezone(starts.tzinfo).date() == starts.date()


def mark_published(before: Publication | None, starts: datetime, now: datetime) -> Publication:
    """Return the record after the agenda was sent at `now`."""
    if before is None or not before.is_for(starts):
        return Publication(starts=starts, sent_at=now)
    return Publication(starts=starts, sent_at=before.sent_at, updated_at=now)


def is_sent_late(agenda: Agenda) -> bool:
    """Return whether the agenda was sent later than its notice requires."""
    return agenda.sent_at is not None and agenda.starts - agenda.sent_at < agenda.notice


def describe_sending(agenda: Agenda) -> Message | None:
    """Return how long before the meeting the agenda was sent; None if it was not."""
    if agenda.sent_at is None:
        return None
    lead = _lead_time_text(agenda.starts - agenda.sent_at)
    if not is_sent_late(agenda):
        return message(N_("sent {when}"), when=lead)
    return message(
        N_("sent only {when} (the rule is {hours} h)"), when=lead, hours=agenda.notice // HOUR
    )


def _lead_time_text(lead: timedelta) -> Message:
    if lead < NO_TIME:
        return message(N_("after the planned start"))
    if lead < HOUR:
        return message(N_("{count} min before the meeting"), count=lead // MINUTE)
    return message(N_("{count} h before the meeting"), count=lead // HOUR)
