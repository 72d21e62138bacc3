"""Occasions: days unlike others, such as a promotion or a stock-out."""

from datetime import date

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import Span, Week


class Occasion(Struct, frozen=True, kw_only=True):
    """Days that are unlike others; their weeks are left out when limits are calculated."""

    first_day: date
    last_day: date
    what: str
    """In the team's words: 促销, Prime Day, out of stock, …"""
    marketplaces: tuple[Marketplace, ...] = ()
    """The marketplaces it applies to; empty for all."""

    def touches(self, days: Week | Span, marketplace: Marketplace) -> bool:
        """Return whether it applies to any of these days in a marketplace.

        The total (`ALL`) is affected by an occasion in any marketplace.
        """
        is_here = not self.marketplaces or marketplace in (ALL, *self.marketplaces)
        return is_here and self.first_day <= days.end and days.start <= self.last_day


def occasion_on(week_end: date, marketplace: Marketplace, what: str = "") -> Occasion:
    """Return an occasion for a whole week; for the total, it applies to all marketplaces."""
    week = Week(end=week_end)
    return Occasion(
        first_day=week.start,
        last_day=week.end,
        what=what,
        marketplaces=() if marketplace == ALL else (marketplace,),
    )
