"""The option `--week`: the commands behave as on the day after that week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.adapters.in_memory import ManualClock
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpis.kpi import Week, week_of

if TYPE_CHECKING:
    from datetime import date

    from facilitator.domain.agenda import Agenda
    from facilitator.session.ports import Clock


def review_week(day: date, ends_on: int) -> Week:
    """Return the week that ends on a day.

    Raises FacilitatorError, with the week that the day lies in, if weeks end on another weekday.
    """
    week = week_of(day, ends_on)
    if week.end != day:
        raise FacilitatorError(
            N_(
                "{day} is not the last day of a KPI week. It lies in the week {start} – {end}: "
                "use --week {end}."
            ),
            day=day,
            start=week.start,
            end=week.end,
        )
    return week


def review_clock(day: date | None, agenda: Agenda) -> Clock | None:
    """Return a clock of the day after the week that ends on `day`; None without a day."""
    if day is None:
        return None
    return ManualClock(agenda.moment_after(review_week(day, agenda.data.week_ends_on)))
