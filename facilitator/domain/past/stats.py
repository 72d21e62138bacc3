"""What the meetings come to: promises kept, time overrun, days to a ruling, cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from facilitator.domain.action import ActionStatus
from facilitator.domain.agenda import ItemKind
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.past.credit import CreditRecord, credit_record
from facilitator.domain.past.incident_stats import IncidentCount, count_incidents
from facilitator.domain.past.meetings import Past, PastAction, PastDecision, PastMeeting, SpentItem
from facilitator.domain.past.months import Monthly, by_month
from facilitator.domain.past.rating_stats import RatingTrend, rating_trend
from facilitator.domain.past.record_stats import NamedRecord, named_records
from facilitator.domain.past.waste_stats import Wasted, wasted

ZERO = timedelta()
COMPARED = 4
"""Rulings that it takes to compare the newer half with the older."""


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
    lately: float | None
    """The median of the newer half of the rulings; None where they are too few to compare."""
    before: float | None
    """That of the older half."""
    by_month: tuple[Monthly, ...]
    """The median of those that were ruled in a month."""

    @property
    def change(self) -> float | None:
        """How much longer the newer half took, as a share of the older; below 0 it got shorter."""
        if self.lately is None or not self.before:
            return None
        return (self.lately - self.before) / self.before


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
    credit: CreditRecord
    wasted: tuple[Wasted, ...]
    """The causes that took the most time come first."""
    ratings: RatingTrend
    records: tuple[NamedRecord, ...]
    """Of the proposers, those with the most proposals first."""
    incidents: IncidentCount

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
        credit=credit_record(past.risks),
        wasted=wasted(past.meetings),
        ratings=rating_trend(past.meetings),
        records=named_records(past.decisions),
        incidents=count_incidents(past.incidents),
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
        by_month=by_month(made, lambda found: _promises_rate(found, on)),
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
    known = sorted((on, days) for on, days in ruled if on is not None and days is not None)
    older, newer = known[: len(known) // 2], known[len(known) // 2 :]
    is_told = len(known) >= COMPARED
    return Rulings(
        ruled=sum(on is not None for on, _ in ruled),
        waiting=sum(on is None for on, _ in ruled),
        days=median(days for _, days in known) if known else None,
        lately=median(days for _, days in newer) if is_told else None,
        before=median(days for _, days in older) if is_told else None,
        by_month=by_month(known, median),
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


def _rate(part: float, whole: float) -> float | None:
    return part / whole if whole else None
