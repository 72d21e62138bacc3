"""Figures month by month."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """A figure of one month; None where nothing was there to count."""

    month: date
    """Its first day."""
    value: float | None


def by_month(
    dated: Iterable[tuple[date, Counted]], figure: Callable[[list[Counted]], float | None]
) -> tuple[Monthly, ...]:
    """A figure for every month from the first to the last, those without anything too."""
    months: dict[date, list[Counted]] = {}
    for on, each in dated:
        months.setdefault(on.replace(day=1), []).append(each)
    return tuple(
        Monthly(month=month, value=figure(months[month]) if month in months else None)
        for month in _months(months)
    )


def _months(known: Collection[date]) -> Iterator[date]:
    month = min(known, default=None)
    while month is not None and month <= max(known):
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
