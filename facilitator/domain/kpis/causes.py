"""Causes of KPI values: the usual ones, and those named in past meetings."""

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
"""The suggestions for a team without past causes, in the order offered."""


class NamedCause(Struct, frozen=True, kw_only=True):
    """A cause that a meeting named for a KPI."""

    kpi: KpiId
    text: str
    on: date


class CauseCount(Struct, frozen=True, kw_only=True):
    """The number of meetings that named a cause for a KPI."""

    kpi: KpiId
    text: str
    """As worded in the latest of them."""
    times: int
    first_on: date
    last_on: date


class CauseSuggestion(Struct, frozen=True, kw_only=True):
    """A cause to choose, and the number of times that past meetings named it."""

    text: str
    times: int


def count_causes(named: Iterable[NamedCause]) -> tuple[CauseCount, ...]:
    """Count the meetings that named each cause for each KPI; upper and lower case are equal."""
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
    """Return the causes to offer for a KPI: its own by frequency, the usual ones, all others.

    The causes of other KPIs come last: they would answer before anybody has thought.
    `usual` are the predefined ones, in the reader's language.
    """
    usual = tuple(usual)
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
    offered = {text.casefold() for text in usual} | own.keys()
    ordered = sorted(
        texts, key=lambda key: (-own.get(key, 0), key not in offered, -times.get(key, 0))
    )
    return tuple(CauseSuggestion(text=texts[key], times=times.get(key, 0)) for key in ordered)
