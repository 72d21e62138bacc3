"""Parse times and numbers of minutes that people typed."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from facilitator.domain.errors import N_, RuleError

_TIME_OF_DAY = re.compile(r"(?P<hour>\d{1,2})[:\uff1a](?P<minute>\d{2})\Z")


def parse_moment(text: str, now: datetime, zone: tzinfo | None) -> datetime:
    """Return the time that a text means, to the minute, in UTC; `now` for an empty text.

    A time of day alone is the most recent one. Raises RuleError if the text is not a time.
    """
    words = text.strip()
    if not words:
        return now.replace(second=0, microsecond=0)
    here = now.astimezone(zone)
    try:
        if time := _TIME_OF_DAY.match(words):
            hour, minute = int(time["hour"]), int(time["minute"])
            moment = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return (moment if moment <= here else moment - timedelta(days=1)).astimezone(UTC)
        moment = datetime.fromisoformat(words)
        return (moment if moment.tzinfo else moment.replace(tzinfo=here.tzinfo)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RuleError(
            N_("“{text}” is not a time. Try 10:05 or 2026-11-23 10:05."), text=words
        ) from error


def parse_minutes(text: str) -> timedelta:
    """Return a number of minutes as typed, 0 for an empty text; raises RuleError if it is none."""
    if not text.strip():
        return timedelta()
    number = text.strip()
    if not number.isdecimal() or len(number) > 4:
        raise RuleError(
            N_("“{text}” is not a number of minutes. Write 4, for example."), text=number
        )
    return timedelta(minutes=int(number))
