"""What the meetings come to: promises kept, time overrun, days to a ruling, cost."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TypeVar

from facilitator.domain.action import ActionStatus
from facilitator.domain.agenda import ItemKind
from facilitator.domain.facts import Currency
from facilitator.domain.past import Past, PastAction, PastDecision, PastMeeting, SpentItem

ZERO = timedelta()
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """A figure of one month; None where nothing was there to count."""

    month: date
    """Its first day."""
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What became of the action items."""

    made: int
    done: int
    dropped: int
    overdue: int
    still_open: int
    """The overdue ones too."""
    by_month: tuple[Monthly, ...]
    """The rate of those that were made in a month."""

    @property
    def rate(self) -> float | None:
        """The share done of those that are closed or should be; None where there are none."""
        return _rate(self.done, self.done + self.dropped + self.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """How items of one kind kept to their time."""

    kind: ItemKind
    times: int
    planned: timedelta
    spent: timedelta
    by_meeting: tuple[float, ...]
    """Minutes over, or under, in each meeting; the oldest first."""

    @property
    def share(self) -> float | None:
        """What was spent beyond the plan, as a share of it."""
        return (self.spent - self.planned) / self.planned if self.planned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """How fast questions were settled: answered, or dropped."""

    ruled: int
    waiting: int
    days: float | None
    """From proposed to settled, the median; None where nothing was."""
    by_month: tuple[Monthly, ...]
    """The median of those that were ruled in a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the meetings of one currency cost, and what came of it."""

    currency: Currency
    total: float
    decisions: int
    closed_actions: int

    @property
    def per_decision(self) -> float | None:
        """Of one settled question; None where there is none."""
        return _rate(self.total, self.decisions)

    @property
    def per_closed_action(self) -> float | None:
        """Of one promise kept; None where there is none."""
        return _rate(self.total, self.closed_actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """All of it."""

    meetings: int
    time: timedelta
    promises: Promises
    overruns: tuple[Overrun, ...]
    """The kinds that took the most time beyond their plan come first."""
    rulings: Rulings
    costs: tuple[Cost, ...]

    @property
    def decisions_per_hour(self) -> float | None:
        """Settled questions for each hour sat."""
        return _rate(self.rulings.ruled, self.time / timedelta(hours=1))


def stats(past: Past, on: date) -> Stats:
    """What can be counted of the past, as it stands on the day `on`."""
    return Stats(
        meetings=len(past.meetings),
        time=sum((each.duration for each in past.meetings), ZERO),
        promises=_promises(past.actions, on),
        overruns=_overruns(past.meetings),
        rulings=_rulings(past.decisions),
        costs=tuple(_costs(past)),
    )


def _promises(actions: Sequence[PastAction], on: date) -> Promises:
    statuses = Counter(each.action.status for each in actions)
    made = [(each.action.created_on, each) for each in actions if each.action.created_on]
    return Promises(
        made=len(actions),
        done=statuses[ActionStatus.DONE],
        dropped=statuses[ActionStatus.DROPPED],
        overdue=sum(each.action.is_overdue(on) for each in actions),
        still_open=sum(each.action.is_open for each in actions),
        by_month=_by_month(made, lambda found: _promises_rate(found, on)),
    )


def _promises_rate(actions: Sequence[PastAction], on: date) -> float | None:
    due = [each.action for each in actions if not each.action.is_open or each.action.is_overdue(on)]
    return _rate(sum(each.status is ActionStatus.DONE for each in due), len(due))


def _overruns(meetings: Iterable[PastMeeting]) -> tuple[Overrun, ...]:
    taken: dict[ItemKind, list[list[SpentItem]]] = {}
    for meeting in sorted(meetings, key=lambda each: each.opened_at):
        in_this: dict[ItemKind, list[SpentItem]] = {}
        for item in meeting.items:
            in_this.setdefault(item.kind, []).append(item)
        for kind, items in in_this.items():
            taken.setdefault(kind, []).append(items)
    found = (_overrun(kind, in_meetings) for kind, in_meetings in taken.items())
    return tuple(sorted(found, key=lambda each: each.planned - each.spent))


def _overrun(kind: ItemKind, in_meetings: Sequence[Sequence[SpentItem]]) -> Overrun:
    everything = [item for items in in_meetings for item in items]
    return Overrun(
        kind=kind,
        times=len(everything),
        planned=sum((each.planned for each in everything), ZERO),
        spent=sum((each.spent for each in everything), ZERO),
        by_meeting=tuple(
            sum((each.spent - each.planned for each in items), ZERO) / timedelta(minutes=1)
            for items in in_meetings
        ),
    )


def _rulings(decisions: Sequence[PastDecision]) -> Rulings:
    ruled = [(each.decision.settled_on, each.decision.days_to_ruling) for each in decisions]
    known = [(on, days) for on, days in ruled if on is not None and days is not None]
    return Rulings(
        ruled=sum(on is not None for on, _ in ruled),
        waiting=sum(on is None for on, _ in ruled),
        days=median(days for _, days in known) if known else None,
        by_month=_by_month(known, median),
    )


def _costs(past: Past) -> Iterator[Cost]:
    for currency in sorted({meeting.currency for meeting in past.meetings}):
        yield Cost(
            currency=currency,
            total=sum(each.cost for each in past.meetings if each.currency == currency),
            decisions=sum(
                each.decision.settled_on is not None
                for each in past.decisions
                if each.meeting.currency == currency
            ),
            closed_actions=sum(
                each.action.status is ActionStatus.DONE
                for each in past.actions
                if each.meeting.currency == currency
            ),
        )


def _by_month(
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


def _rate(part: float, whole: float) -> float | None:
    return part / whole if whole else None
