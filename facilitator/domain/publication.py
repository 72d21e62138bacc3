"""When an agenda was sent, and how long before the meeting."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, Message, message

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Publication(Struct, frozen=True, kw_only=True):
    """That an agenda was sent, and for which meeting."""

    starts: datetime
    """When that meeting was to begin."""
    sent_at: datetime
    """For the first time; what is sent again is not news."""
    updated_at: datetime | None = None

    def is_for(self, starts: datetime) -> bool:
        """Whether it tells of the meeting of that day; an agenda file serves many in turn."""
        return self.starts.astimezone(starts.tzinfo).date() == starts.date()


def mark_published(before: Publication | None, starts: datetime, now: datetime) -> Publication:
    """What is known of an agenda's publication once it is sent now."""
    if before is None or not before.is_for(starts):
        return Publication(starts=starts, sent_at=now)
    return Publication(starts=starts, sent_at=before.sent_at, updated_at=now)


def is_sent_late(agenda: Agenda) -> bool:
    """Whether it was sent later than the rule says."""
    return agenda.sent_at is not None and agenda.starts - agenda.sent_at < agenda.notice


def describe_sending(agenda: Agenda) -> Message | None:
    """How long before the meeting it was sent, and the rule if that was late; None if never."""
    if agenda.sent_at is None:
        return None
    when = _lead_time_text(agenda.starts - agenda.sent_at)
    if not is_sent_late(agenda):
        return message(N_("sent {when}"), when=when)
    return message(
        N_("sent only {when}; the rule is {hours} h"), when=when, hours=agenda.notice // HOUR
    )


def _lead_time_text(lead: timedelta) -> Message:
    if lead < timedelta():
        return message(N_("after it was to begin"))
    if lead < HOUR:
        return message(N_("{count} min before the meeting"), count=lead // MINUTE)
    return message(N_("{count} h before the meeting"), count=lead // HOUR)
