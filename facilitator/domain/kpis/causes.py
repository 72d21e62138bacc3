"""Causes of KPI values: the usual ones, and those named so far."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import KpiId

USUAL_CAUSES = (
    N_("Competitor cut the price"),
    N_("Main image worn out"),
    N_("Out of stock"),
    N_("Bad reviews"),
    N_("Budget ran out"),
    N_("Bids rose"),
    N_("Buy Box lost"),
    N_("Keyword ranks fell"),
    N_("Own price changed"),
    N_("Listing changed"),
    N_("Listing suppressed"),
    N_("Promotion"),
    N_("Promotion over"),
    N_("Season"),
    N_("Shipment late"),
    N_("Amazon raised its fees"),
    N_("Returns of one batch"),
)
"""What a team may begin with, in the order in which it is offered."""


class NamedCause(Struct, frozen=True, kw_only=True):
    """A cause as a meeting named it for a KPI."""

    kpi: KpiId
    text: str
    on: date


class CauseCount(Struct, frozen=True, kw_only=True):
    """In how many meetings a cause was named for a KPI."""

    kpi: KpiId
    text: str
    """As it was worded last."""
    times: int
    first_on: date
    last_on: date


class CauseSuggestion(Struct, frozen=True, kw_only=True):
    """A cause to choose, and how often past meetings named it."""

    text: str
    times: int


def count_causes(named: Iterable[NamedCause]) -> tuple[CauseCount, ...]:
    """How often each cause was named for each KPI, by the days of the meetings.

    Upper and lower case are the same cause; a meeting counts once.
    """
    by_cause: dict[tuple[KpiId, str], dict[date, str]] = {}
    for each in named:
        by_cause.setdefault((each.kpi, each.text.casefold()), {})[each.on] = each.text
    return tuple(
        CauseCount(
            kpi=kpi,
            text=days[max(days)],
            times=len(days),
            first_on=min(days),
            last_on=max(days),
        )
        for (kpi, _text), days in sorted(by_cause.items())
    )


def suggest_causes(
    past: Iterable[CauseCount], kpi: KpiId, usual: Iterable[str] = USUAL_CAUSES
) -> tuple[CauseSuggestion, ...]:
    """What may be chosen for a KPI: first its own causes, most named first, then all others.

    `usual` are the packaged ones, in the reader's language.
    """
    texts: dict[str, str] = {}
    own: dict[str, int] = {}
    times: dict[str, int] = {}
    for each in sorted(past, key=lambda each: each.last_on):
        key = each.text.casefold()
        texts[key] = each.text
        times[key] = times.get(key, 0) + each.times
        if each.kpi == kpi:
            own[key] = own.get(key, 0) + each.times
    for text in usual:
        texts.setdefault(text.casefold(), text)
    in_order = sorted(texts, key=lambda key: (-own.get(key, 0), -times.get(key, 0)))
    return tuple(CauseSuggestion(text=texts[key], times=times.get(key, 0)) for key in in_order)
