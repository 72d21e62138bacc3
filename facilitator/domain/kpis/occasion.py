"""Occasions: unusual days, such as a promotion or a stock-out."""

from datetime import date

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import Span, Week


class Occasion(Struct, frozen=True, kw_only=True):
    """Something that made some days unlike the others; their weeks say nothing of the usual."""

    first_day: date
    last_day: date
    what: str
    """In the team's words: 促销, Prime Day, out of stock…"""
    marketplaces: tuple[Marketplace, ...] = ()
    """Where it was; everywhere if none is named."""

    def touches(self, days: Week | Span, marketplace: Marketplace) -> bool:
        """Whether it lies in these days of a marketplace; the total shares in every shop's."""
        is_here = not self.marketplaces or marketplace in (ALL, *self.marketplaces)
        return is_here and self.first_day <= days.end and days.start <= self.last_day


def occasion_on(week_end: date, marketplace: Marketplace, what: str = "") -> Occasion:
    """A week as an occasion; marked in the total, it is one in every marketplace."""
    week = Week(end=week_end)
    return Occasion(
        first_day=week.start,
        last_day=week.end,
        what=what,
        marketplaces=() if marketplace == ALL else (marketplace,),
    )
