"""The clock as strings for a pane: time left, predicted delay, cost, and ways to end on time."""

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


def delay_options_line(options: DelayOptions, language: Language, currency: Currency) -> str:
    """Return the ways to end on time, with the cost of the delay if rates are known.

    For example `To end on time: drop 5 “Listings” (8 min), or move D3 to the next meeting · …`.
    """
    return " · ".join(
        filter(None, (_proposal(options, language), _delay_costs(options, language, currency)))
    )


def _proposal(options: DelayOptions, language: Language) -> str:
    _ = language.gettext
    comma = _(N_(", "))
    items = comma.join(_skipped_item(each, language) for each in options.skip)
    decisions = comma.join(options.move)
    if items and decisions:
        text = _(N_("To end on time, drop {items}, or move {decisions} to next week"))
    elif items:
        text = _(N_("To end on time, drop {items}"))
    elif decisions:
        text = _(N_("To end on time, move {decisions} to next week"))
    else:
        return ""
    return text.format(items=items, decisions=decisions)


def _skipped_item(skippable: SkippableItem, language: Language) -> str:
    return language.gettext(N_("{place} “{title}” ({span})")).format(
        place=skippable.place,
        title=one_line(skippable.item.title),
        span=language.minutes(skippable.frees),
    )


def _delay_costs(options: DelayOptions, language: Language, currency: Currency) -> str:
    if not options.cost_per_minute:
        return ""
    late = round(options.late / MINUTE)  # whole minutes, so that the text changes once a minute
    text = N_("each extra minute costs {one}, {all} in total")
    return language.gettext(text).format(
        one=language.money(options.cost_per_minute, currency, 2),
        all=language.money(late * options.cost_per_minute, currency),
    )


class ClockFace(Struct, frozen=True, kw_only=True):
    """What a clock shows; equal for two moments within a second, to avoid repainting."""

    digits: str
    """The time left of the running item, `0:48`; exceeded, `+0:12`. Empty without an item."""
    is_over: bool
    """Whether the timebox is exceeded, so that the digits count up."""
    level: int
    """The highest notice level reached: 0, 80, 100 or 120 (percent)."""
    is_paused: bool
    title: str
    """The title of the running item; empty without one."""
    next_title: str
    """The title of the next item; empty if there is none."""
    share: str
    """The percentage of the timebox that is used: `92 %`."""
    used: float
    """The same as a fraction, in whole hundredths: 0.92."""
    now: str
    """The time in the team's time zone: `10:23`."""
    ends: str
    """The predicted end, in the same time zone."""
    pace: str
    """The predicted delay: `2 min early`, `3 min late`, `on time, 4 min cut`."""
    is_late: bool
    cost: str
    """The cost of the meeting so far."""
    delay_options: str
    """The ways to end on time; empty if the meeting will."""


def clock_face(
    reading: ClockReading,
    now: datetime,
    language: Language,
    timezone: tzinfo | None,
    currency: Currency,
) -> ClockFace:
    """Return what a clock shows for a reading, in a language and a time zone."""
    digits = language.countdown(reading.remaining) if reading.item else ""
    percent = int(reading.share * 100)  # rounded down, so that 100 % is not shown too early
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
    return language.gettext(N_("{pace}, shortened by {span}")).format(pace=pace, span=cut)
