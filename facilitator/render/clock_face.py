"""The clock as strings for a pane: time left, pace, cost, and what to do about a delay."""

from datetime import datetime, tzinfo

from msgspec import Struct

from facilitator.domain.durations import MINUTE
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.replanning import DelayOptions, SkippableItem
from facilitator.domain.text import one_line
from facilitator.domain.timekeeping import ClockReading
from facilitator.render.language import Language


def delay_options_line(relief: DelayOptions, language: Language, currency: Currency) -> str:
    """`To end on time: drop 5 “Listings” (8 min), or move D3 to the next meeting · …`.

    The rest tells what a minute over costs, and what all of them do; nobody's rate, no costs.
    """
    return " · ".join(
        filter(None, (_proposal(relief, language), _delay_costs(relief, language, currency)))
    )


def _proposal(relief: DelayOptions, language: Language) -> str:
    _ = language.gettext
    comma = _(N_(", "))
    spared = comma.join(_skipped_item(each, language) for each in relief.skip)
    moved = comma.join(relief.move)
    if spared and moved:
        text = _(N_("To end on time: drop {items}, or move {decisions} to next week"))
    elif spared:
        text = _(N_("To end on time: drop {items}"))
    elif moved:
        text = _(N_("To end on time: move {decisions} to next week"))
    else:
        return ""
    return text.format(items=spared, decisions=moved)


def _skipped_item(spared: SkippableItem, language: Language) -> str:
    return language.gettext(N_("{place} “{title}” ({span})")).format(
        place=spared.place,
        title=one_line(spared.item.title),
        span=language.minutes(spared.frees),
    )


def _delay_costs(relief: DelayOptions, language: Language, currency: Currency) -> str:
    if not relief.cost_per_minute:
        return ""
    late = round(relief.late / MINUTE)  # whole minutes: two looks within a second are equal
    text = N_("a minute over costs {one}, {all} in all")
    return language.gettext(text).format(
        one=language.money(relief.cost_per_minute, currency, 2),
        all=language.money(late * relief.cost_per_minute, currency),
    )


class ClockFace(Struct, frozen=True, kw_only=True):
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
        delay_options=delay_options_line(reading.delay_options, language, currency)
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
