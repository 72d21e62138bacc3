"""What the room could do about being late, in one sentence."""

from datetime import timedelta

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.replanning import DelayOptions, SkippableItem
from facilitator.render.language import Language
from facilitator.render.markdown import one_line

MINUTE = timedelta(minutes=1)


def relief_line(relief: DelayOptions, language: Language, currency: Currency) -> str:
    """`To end on time: drop 5 “Listings” (8 min), or move D3 to the next meeting · …`.

    The rest tells what a minute over costs, and what all of them do; nobody's rate, no costs.
    """
    return " · ".join(
        filter(None, (_proposed(relief, language), _costs(relief, language, currency)))
    )


def _proposed(relief: DelayOptions, language: Language) -> str:
    _ = language.gettext
    comma = _(N_(", "))
    spared = comma.join(_spared(each, language) for each in relief.skip)
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


def _spared(spared: SkippableItem, language: Language) -> str:
    return language.gettext(N_("{place} “{title}” ({span})")).format(
        place=spared.place,
        title=one_line(spared.item.title),
        span=language.minutes(spared.frees),
    )


def _costs(relief: DelayOptions, language: Language, currency: Currency) -> str:
    if not relief.cost_per_minute:
        return ""
    late = round(relief.late / MINUTE)  # whole minutes: two looks within a second are equal
    text = N_("a minute over costs {one}, {all} in all")
    return language.gettext(text).format(
        one=language.money(relief.cost_per_minute, currency, 2),
        all=language.money(late * relief.cost_per_minute, currency),
    )
