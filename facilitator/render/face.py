"""The clock's face: one look at the clock, as the strings that a pane shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.timekeeping import ClockReading
from facilitator.render.language import Language
from facilitator.render.markdown import one_line
from facilitator.render.relief import relief_line

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace:
    """What a clock shows. Two looks within a second are equal, so that nothing is painted twice."""

    digits: str
    """What is left of the running item, `0:48`; past zero `+0:12`. Empty without an item."""
    is_over: bool
    """Whether the digits count up, past the timebox."""
    level: int
    """The highest notice reached: 0, 80, 100 or 120."""
    is_paused: bool
    title: str
    """Of the running item; empty without one."""
    next_title: str
    """Of the item that follows; empty where none does."""
    share: str
    """How much of the timebox is used: `92 %`."""
    used: float
    """The same as a number: 0.92, in whole hundredths."""
    now: str
    """`10:23`, where the meeting is held."""
    ends: str
    """When the meeting will end at this rate."""
    pace: str
    """`2 min early`, `3 min late`, `on time, 4 min cut`."""
    is_late: bool
    cost: str
    """What the meeting has cost so far."""
    delay_options: str
    """What the room could do to end on time; empty while it will."""


def clock_face(
    reading: ClockReading,
    now: datetime,
    language: Language,
    timezone: tzinfo | None,
    currency: Currency,
) -> ClockFace:
    """Put a reading into the words and figures of a language."""
    digits = language.countdown(reading.remaining) if reading.item else ""
    percent = int(reading.share * 100)  # cut off, so that 100 % is not shown before it is reached
    late = round(reading.pace / MINUTE)
    return ClockFace(
        digits=digits,
        is_over=digits.startswith("+"),
        level=reading.level if reading.item else 0,
        is_paused=reading.is_paused,
        title=one_line(reading.item.title) if reading.item else "",
        next_title=one_line(reading.next_item.title) if reading.next_item else "",
        share=language.value(percent, Unit.PERCENT, 0) if reading.item else "",
        used=percent / 100 if reading.item else 0.0,
        now=language.clock_time(now, timezone),
        ends=language.clock_time(reading.ends_at, timezone),
        pace=_pace(late, round(reading.taken / MINUTE), language),
        is_late=late > 0,
        cost=language.money(reading.cost, currency),
        delay_options=relief_line(reading.delay_options, language, currency)
        if reading.delay_options
        else "",
    )


def _pace(late: int, taken: int, language: Language) -> str:
    span = language.minutes(abs(late) * MINUTE)
    text = N_("on time") if late == 0 else N_("{span} late") if late > 0 else N_("{span} early")
    pace = language.gettext(text).format(span=span)
    if taken <= 0:
        return pace
    cut = language.minutes(taken * MINUTE)
    return language.gettext(N_("{pace}, {span} cut")).format(pace=pace, span=cut)
