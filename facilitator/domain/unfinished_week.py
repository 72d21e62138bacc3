"""The last week, if it is not over everywhere: the US Sunday ends on Monday in Shanghai."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import Week, last_full_week

ZoneOf = Callable[[Marketplace], str | None]
"""Returns the IANA name of a marketplace's time zone; None if it is not known."""


class UnfinishedWeek(Struct, frozen=True, kw_only=True):
    """A week that is over for the team, but not in all of its marketplaces."""

    week: Week
    marketplaces: tuple[Marketplace, ...] = ()
    """Where it is not over; empty if that is decided by the time zone of the data alone."""
    over_at: datetime
    """When it is over everywhere, in the team's time zone."""
    is_reviewed: bool
    """Whether it is under review all the same; otherwise the week before is."""


def find_unfinished_week(
    agenda: Agenda, now: datetime, marketplaces: tuple[Marketplace, ...], zone_of: ZoneOf
) -> UnfinishedWeek | None:
    """Return the team's last week if it is not over in some of the marketplaces; else None."""
    ends_on = agenda.data.week_ends_on
    week = last_full_week(agenda.day_of(now), ends_on)
    is_reviewed = week == last_full_week(agenda.data_day_of(now), ends_on)
    zones = {each: zone for each in marketplaces if (zone := zone_of(each))}
    ends = {each: _end_of(week, zone) for each, zone in zones.items()}
    open_in = {each: end for each, end in ends.items() if end > now}
    last = max(open_in.values(), default=None)
    if not is_reviewed:
        last = _end_of(week, agenda.data.timezone)  # which decides when reports are read for it
    if last is None or last <= now:
        return None
    return UnfinishedWeek(
        week=week,
        marketplaces=tuple(open_in),
        over_at=last.astimezone(agenda.starts.tzinfo),
        is_reviewed=is_reviewed,
    )


def _end_of(week: Week, zone: str) -> datetime:
    """Return the midnight after a week in a time zone, in UTC."""
    after = datetime.combine(week.end + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    return after.astimezone(UTC)
