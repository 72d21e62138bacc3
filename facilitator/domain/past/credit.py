"""Credit for bad news: who named problems, and with how many of them came a proposed solution."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facilitator.domain.past.meetings import PastRisk
from facilitator.domain.past.months import Monthly, by_month
from facilitator.domain.risk import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What one person named."""

    name: str
    named: int
    solved: int
    """Of them, with a proposed solution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRecord:
    """What was named in all meetings."""

    named: int
    solved: int
    people: tuple[Credit, ...]
    by_month: tuple[Monthly, ...]
    """How many problems were named."""


def credited(risks: Iterable[tuple[str, Risk]]) -> tuple[Credit, ...]:
    """What each person named, out of risks with the name of who raised them.

    Who came with the most solutions comes first.
    """
    told = tuple(risks)
    named = Counter(name for name, _risk in told)
    solved = Counter(name for name, risk in told if risk.solution)
    people = (Credit(name=each, named=named[each], solved=solved[each]) for each in named)
    return tuple(sorted(people, key=lambda each: (-each.solved, -each.named, each.name)))


def credit_record(risks: Sequence[PastRisk]) -> CreditRecord:
    """What everybody named so far."""
    people = credited((each.raised_by, each.risk) for each in risks)
    return CreditRecord(
        named=sum(each.named for each in people),
        solved=sum(each.solved for each in people),
        people=people,
        by_month=by_month(((each.risk.raised_on, each) for each in risks), len),
    )
