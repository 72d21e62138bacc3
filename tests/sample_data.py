"""The days of the sample's three shops, generated from `sample_story.toml`.

The same story always gives the same days: chance comes from `Random.random` alone, the one method
whose numbers Python guarantees to keep."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

HERE = Path(__file__).parent
STORY: dict[str, Any] = tomllib.loads((HERE / "sample_story.toml").read_text("utf-8"))
PRODUCTS: list[dict[str, Any]] = STORY["products"]
LAST_DAY: date = STORY["last_day"]
WEEKS = 13
DAYS = tuple(LAST_DAY - timedelta(days=back) for back in range(WEEKS * 7 - 1, -1, -1))
SUNDAYS = DAYS[6::7]


class CarryingRounder:
    """Rounds amounts to whole numbers; remainders are added to the next amount."""

    def __init__(self) -> None:
        self._rest = 0.0

    def whole(self, amount: float) -> int:
        self._rest += amount
        whole = int(self._rest)
        self._rest -= whole
        return whole


class Term(Struct, frozen=True, kw_only=True):
    """A search term with ads, and its usual figures."""

    target: str
    match: str
    text: str
    product: int
    clicks: float
    ctr: float
    cpc: float
    conversion: float

    @property
    def campaign(self) -> str:
        kind = "Auto" if self.match == "-" else self.match.title()
        return f"SP {PRODUCTS[self.product]['sku'].replace('-', ' ').title()} {kind}"


def term(line: str) -> Term:
    target, match, text, product, clicks, ctr, cpc, conversion = line.split(" | ")
    return Term(
        target=target,
        match=match,
        text=text,
        product=int(product),
        clicks=float(clicks),
        ctr=float(ctr),
        cpc=float(cpc),
        conversion=float(conversion),
    )


class AdDay(Struct, frozen=True, kw_only=True):
    """A day of a search term; money in cents."""

    day: date
    term: Term
    impressions: int
    clicks: int
    spend: int
    orders: int
    units: int
    sales: int


class SalesDay(Struct, frozen=True, kw_only=True):
    """A day of a shop; money in cents."""

    day: date
    sessions: int
    units: tuple[int, ...]
    """For each product in turn."""
    sales: int


class Shop:
    """One marketplace, with everything that happened in it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.name: str = plan["marketplace"]
        self.rng = Random(f"{STORY['seed']} {self.name}")
        self.cents = [round(price * 100) for price in plan["prices"]]
        self.terms = [term(line) for line in plan["terms"].splitlines()[1:]]
        self.sales = self._sell()
        self.ads = [add_oddities(place, row) for place, row in enumerate(self._advertise())]

    def noise(self, spread: float) -> float:
        """Return a factor around 1, at most `spread` away from it."""
        return 1 + spread * (self.rng.random() + self.rng.random() - 1)

    def pick(self, weights: Sequence[float]) -> int:
        """Return the index of a weight, chosen with that weight as probability."""
        point = self.rng.random() * sum(weights)
        for place, weight in enumerate(weights):
            point -= weight
            if point < 0:
                return place
        return len(weights) - 1

    def sku(self, place: int) -> str:
        return f"QP-{PRODUCTS[place]['sku']}-{self.name}"

    def _sell(self) -> list[SalesDay]:
        days, carry = [], CarryingRounder()
        for number, day in enumerate(DAYS):
            week = number // 7
            busy = STORY["weekdays"][day.weekday()] * self.noise(0.07)
            sessions = round(self.plan["sessions"][week] * busy)
            wanted = sessions * self.plan["conversion"][week] / 100 * self.noise(0.05)
            last = week == WEEKS - 1 and "last_week_weights" in self.plan
            weights = self.plan["last_week_weights" if last else "weights"]
            sold = [self.pick(weights) for _ in range(carry.whole(wanted))]
            units = tuple(sold.count(place) for place in range(len(PRODUCTS)))
            sales = sum(count * cents for count, cents in zip(units, self.cents, strict=True))
            days.append(SalesDay(day=day, sessions=sessions, units=units, sales=sales))
        return days

    def _advertise(self) -> Iterable[AdDay]:
        carries = [CarryingRounder() for _ in self.terms]
        for number, day in enumerate(DAYS):
            week = number // 7
            for each, carry in zip(self.terms, carries, strict=True):
                more, worth = self._surge(each, week)
                worth *= self.plan["ad_conversion"][week] * each.conversion / 100
                clicks = round(each.clicks * more * self.noise(0.3))
                orders = carry.whole(clicks * worth)
                units = orders + (1 if orders and self.rng.random() < 0.04 else 0)
                price = each.cpc * 100 * self.plan["cpc"][week]
                yield AdDay(
                    day=day,
                    term=each,
                    impressions=round(clicks * 100 / each.ctr * self.noise(0.2)),
                    clicks=clicks,
                    spend=round(clicks * price * self.noise(0.08)),
                    orders=orders,
                    units=units,
                    sales=units * self.cents[each.product],
                )

    def _surge(self, each: Term, week: int) -> tuple[float, float]:
        surge, place = self.plan.get("surge", {}), week - (WEEKS - 3)
        if place < 0 or (each.target, each.match) != (surge.get("target"), surge.get("match")):
            return 1.0, 1.0
        return surge["clicks"][place], surge["conversion"][place]


def add_oddities(place: int, row: AdDay) -> AdDay:
    """Yield quirks of real reports: a sale without clicks, a click without impressions."""
    if row.term.text != "null":
        return row
    if row.orders:
        return replace(row, impressions=0, clicks=0, spend=0)
    return replace(row, impressions=0, clicks=1) if place % 17 == 0 else row
