"""Statistics over all meetings: action items, decisions, overruns, costs, risks, ratings…"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from statistics import fmean, median
from typing import TypeVar

from msgspec import Struct

from facilitator.domain.action import ActionItem, ActionStatus
from facilitator.domain.agenda import ItemKind
from facilitator.domain.decision import Decision
from facilitator.domain.durations import HOUR, MINUTE, NO_TIME
from facilitator.domain.incident import INFORM_WITHIN, Incident, IncidentId
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.lost_time import LossCause
from facilitator.domain.past.meetings import (
    ItemTime,
    Past,
    PastEntry,
    PastMeeting,
)
from facilitator.domain.people import PersonId
from facilitator.domain.rating import GOOD_SCORE, average_score
from facilitator.domain.risk import Risk, RisksOfPerson, risks_by_person
from facilitator.domain.track_record import TrackRecord, proposal_result, track_records

Counted = TypeVar("Counted")


class MonthlyValue(Struct, frozen=True, kw_only=True):
    """A figure of one month; None where nothing was there to count."""

    month: date
    """Its first day."""
    value: float | None


def by_month(
    dated: Iterable[tuple[date, Counted]], figure: Callable[[list[Counted]], float | None]
) -> tuple[MonthlyValue, ...]:
    """A figure for every month from the first to the last, those without anything too."""
    months: dict[date, list[Counted]] = {}
    for on, each in dated:
        months.setdefault(on.replace(day=1), []).append(each)
    return tuple(
        MonthlyValue(month=month, value=figure(months[month]) if month in months else None)
        for month in _months(months)
    )


def _months(known: Collection[date]) -> Iterator[date]:
    month = min(known, default=None)
    while month is not None and month <= max(known):
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


class RiskStats(Struct, frozen=True, kw_only=True):
    """The risks that were raised in all meetings."""

    named: int
    solved: int
    people: tuple[RisksOfPerson, ...]
    by_month: tuple[MonthlyValue, ...]
    """How many problems were named."""


def risk_stats(risks: Sequence[PastEntry[Risk]]) -> RiskStats:
    """Return the statistics of risks."""
    people = risks_by_person(
        (each.meeting.name_of(each.entry.raised_by), each.entry) for each in risks
    )
    return RiskStats(
        named=sum(each.named for each in people),
        solved=sum(each.solved for each in people),
        people=people,
        by_month=by_month(((each.entry.raised_on, each) for each in risks), len),
    )


class LostTimeStats(Struct, frozen=True, kw_only=True):
    """All the time that was lost to one cause."""

    cause: LossCause
    times: int
    time: timedelta
    share: float | None
    """Of the time of all meetings; None where that is nothing."""
    costs: tuple[tuple[Currency, float], ...]
    by_meeting: tuple[float, ...]
    """Minutes in each meeting; the oldest first."""


def lost_time_stats(meetings: Sequence[PastMeeting]) -> tuple[LostTimeStats, ...]:
    """The causes that took any time; what took the most comes first."""
    found = (_lost_time_of_cause(cause, meetings) for cause in LossCause)
    return tuple(sorted((each for each in found if each.time), key=lambda each: -each.time))


def _lost_time_of_cause(cause: LossCause, meetings: Sequence[PastMeeting]) -> LostTimeStats:
    in_turn = sorted(meetings, key=lambda each: each.opened_at)
    times = [_lost_time_in(each, cause) for each in in_turn]
    time, everything = sum(times, NO_TIME), sum((each.duration for each in meetings), NO_TIME)
    return LostTimeStats(
        cause=cause,
        times=sum(lost.cause is cause for each in meetings for lost in each.waste),
        time=time,
        share=time / everything if everything else None,
        costs=tuple(_lost_time_costs(cause, meetings)),
        by_meeting=tuple(each / MINUTE for each in times),
    )


def _lost_time_costs(
    cause: LossCause, meetings: Sequence[PastMeeting]
) -> Iterator[tuple[Currency, float]]:
    for currency in sorted({each.currency for each in meetings}):
        amount = sum(
            each.cost * (_lost_time_in(each, cause) / each.duration)
            for each in meetings
            if each.currency == currency and each.duration
        )
        if amount:
            yield currency, amount


def _lost_time_in(meeting: PastMeeting, cause: LossCause) -> timedelta:
    return sum((each.time for each in meeting.waste if each.cause is cause), NO_TIME)


RECENT_MEETINGS = 4
"""The number of rated meetings, from the newest, whose low ratings are listed."""
LOW_RATINGS_SHOWN = 3
"""The number of low ratings that are listed."""


class LowRating(Struct, frozen=True, kw_only=True):
    """Somebody was not content."""

    date: date
    name: str
    score: int
    reason: str


class RatingStats(Struct, frozen=True, kw_only=True):
    """The ratings of all meetings."""

    average: float | None
    """Of the meetings' averages; None where nobody rated any."""
    by_meeting: tuple[float | None, ...]
    """The average of each, the oldest first; None where nobody rated it."""
    lowest: tuple[LowRating, ...]
    """Of late, the lowest first."""

    @property
    def rated(self) -> int:
        """The meetings that somebody rated."""
        return sum(each is not None for each in self.by_meeting)


def rating_stats(meetings: Sequence[PastMeeting]) -> RatingStats:
    """How content the people were."""
    in_turn = sorted(meetings, key=lambda each: each.opened_at)
    averages = tuple(average_score(each.ratings) for each in in_turn)
    known = [each for each in averages if each is not None]
    late = [each for each in reversed(in_turn) if each.ratings][:RECENT_MEETINGS]
    low = [
        LowRating(
            date=meeting.date,
            name=meeting.name_of(each.person),
            score=each.score,
            reason=each.reason,
        )
        for meeting in late
        for each in meeting.ratings
        if each.score < GOOD_SCORE
    ]
    return RatingStats(
        average=fmean(known) if known else None,
        by_meeting=averages,
        lowest=tuple(sorted(low, key=lambda each: each.score)[:LOW_RATINGS_SHOWN]),
    )


class NamedTrackRecord(Struct, frozen=True, kw_only=True):
    """Somebody's record, under the name that the last meeting knew them by."""

    name: str
    record: TrackRecord


def named_track_records(decisions: Iterable[PastEntry[Decision]]) -> tuple[NamedTrackRecord, ...]:
    """Return one record a person; those with the most proposals come first."""
    names: dict[PersonId, str] = {}
    results = []
    for found in sorted(decisions, key=lambda each: each.meeting.opened_at):
        share = proposal_result(found.entry)
        if share is not None:
            names[share.by] = found.meeting.name_of(share.by)
            results.append(share)
    return tuple(
        NamedTrackRecord(name=names[each.person], record=each) for each in track_records(results)
    )


class IncidentLoss(Struct, frozen=True, kw_only=True):
    """What a review found that an incident cost, in the team's words."""

    incident: IncidentId
    text: str


class IncidentStats(Struct, frozen=True, kw_only=True):
    """All incidents of late and of old."""

    count: int = 0
    told: int = 0
    """The number of which supervisor and boss were both informed."""
    in_time: int = 0
    """Those that both knew of within the hour."""
    minutes: float | None = None
    """The median from detection until both were informed; None where there is none."""
    gaps: tuple[float, ...] = ()
    """The same for each of them; the oldest first."""
    reviewed: int = 0
    losses: tuple[IncidentLoss, ...] = ()
    """The newest first."""


def incident_stats(incidents: Iterable[Incident]) -> IncidentStats:
    """Return the statistics of incidents."""
    in_turn = sorted(incidents, key=lambda each: each.detected_at)
    gaps = [_time_until_told(each) for each in in_turn if not each.not_informed]
    minutes = tuple(gap / MINUTE for gap in gaps)
    return IncidentStats(
        count=len(in_turn),
        told=len(gaps),
        in_time=sum(gap <= INFORM_WITHIN for gap in gaps),
        minutes=median(minutes) if minutes else None,
        gaps=minutes,
        reviewed=sum(each.review is not None for each in in_turn),
        losses=tuple(
            IncidentLoss(incident=each.id, text=each.review.loss)
            for each in in_turn[::-1]
            if each.review
        ),
    )


def _time_until_told(incident: Incident) -> timedelta:
    """From found until everybody who must know of it did."""
    return max(at for _recipient, at in incident.told) - incident.detected_at


FEWEST_COMPARED = 4
"""Rulings that it takes to compare the newer half with the older."""


class ActionStats(Struct, frozen=True, kw_only=True):
    """What became of the action items."""

    made: int
    done: int
    """Those done late too."""
    late: int
    """Those done after the due date that was agreed when they were done."""
    dropped: int
    overdue: int
    still_open: int
    """The overdue ones too."""
    by_month: tuple[MonthlyValue, ...]
    """The rate of those that were made in a month."""

    @property
    def rate(self) -> float | None:
        """The share done of those that are closed or should be; None where there are none."""
        return _share(self.done, self.due)

    @property
    def rate_in_time(self) -> float | None:
        """The share of the same that was done in time."""
        return _share(self.in_time, self.due)

    @property
    def in_time(self) -> int:
        """How many were done, and not late."""
        return self.done - self.late

    @property
    def due(self) -> int:
        """How many are closed or should be."""
        return self.done + self.dropped + self.overdue


class OverrunStats(Struct, frozen=True, kw_only=True):
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


class DecisionStats(Struct, frozen=True, kw_only=True):
    """How fast questions were settled: answered, or dropped."""

    ruled: int
    waiting: int
    days: float | None
    """From proposed to settled, the median; None where nothing was."""
    lately: float | None
    """The median of the newer half of the rulings; None where they are too few to compare."""
    before: float | None
    """That of the older half."""
    by_month: tuple[MonthlyValue, ...]
    """The median of those that were ruled in a month."""

    @property
    def change(self) -> float | None:
        """How much longer the newer half took, as a share of the older; below 0 it got shorter."""
        if self.lately is None or not self.before:
            return None
        return (self.lately - self.before) / self.before


class CostStats(Struct, frozen=True, kw_only=True):
    """What the meetings of one currency cost, and what came of it."""

    currency: Currency
    total: float
    decisions: int
    closed_actions: int

    @property
    def per_decision(self) -> float | None:
        """Of one settled question; None where there is none."""
        return _share(self.total, self.decisions)

    @property
    def per_closed_action(self) -> float | None:
        """The cost of one closed action item; None where there is none."""
        return _share(self.total, self.closed_actions)


class MeetingStats(Struct, frozen=True, kw_only=True):
    """All of it."""

    meetings: int
    time: timedelta
    actions: ActionStats
    overruns: tuple[OverrunStats, ...]
    """The kinds that took the most time beyond their plan come first."""
    decisions: DecisionStats
    costs: tuple[CostStats, ...]
    risks: RiskStats
    lost_time: tuple[LostTimeStats, ...]
    """The causes that took the most time come first."""
    ratings: RatingStats
    track_records: tuple[NamedTrackRecord, ...]
    """Of the proposers, those with the most proposals first."""
    incidents: IncidentStats

    @property
    def decisions_per_hour(self) -> float | None:
        """Settled decisions an hour of meeting."""
        return _share(self.decisions.ruled, self.time / HOUR)


def meeting_stats(past: Past, on: date) -> MeetingStats:
    """Return the statistics of the past as of the day `on`."""
    return MeetingStats(
        meetings=len(past.meetings),
        time=sum((each.duration for each in past.meetings), NO_TIME),
        actions=_action_stats(past.latest(ActionItem), on),
        overruns=_overrun_stats(past.meetings),
        decisions=_decision_stats(past.latest(Decision)),
        costs=tuple(_cost_stats(past)),
        risks=risk_stats(past.latest(Risk)),
        lost_time=lost_time_stats(past.meetings),
        ratings=rating_stats(past.meetings),
        track_records=named_track_records(past.latest(Decision)),
        incidents=incident_stats(past.incidents),
    )


def _action_stats(actions: Sequence[PastEntry[ActionItem]], on: date) -> ActionStats:
    statuses = Counter(each.entry.status for each in actions)
    made = [(each.entry.created_on, each) for each in actions if each.entry.created_on]
    return ActionStats(
        made=len(actions),
        done=statuses[ActionStatus.DONE],
        late=sum(each.entry.days_late > 0 for each in actions),
        dropped=statuses[ActionStatus.DROPPED],
        overdue=sum(each.entry.is_overdue(on) for each in actions),
        still_open=sum(each.entry.is_open for each in actions),
        by_month=by_month(made, lambda found: _completion_rate(found, on)),
    )


def _completion_rate(actions: Sequence[PastEntry[ActionItem]], on: date) -> float | None:
    due = [each.entry for each in actions if not each.entry.is_open or each.entry.is_overdue(on)]
    return _share(sum(each.status is ActionStatus.DONE for each in due), len(due))


def _overrun_stats(meetings: Iterable[PastMeeting]) -> tuple[OverrunStats, ...]:
    taken: dict[ItemKind, list[list[ItemTime]]] = {}
    for meeting in sorted(meetings, key=lambda each: each.opened_at):
        in_this: dict[ItemKind, list[ItemTime]] = {}
        for item in meeting.items:
            in_this.setdefault(item.kind, []).append(item)
        for kind, items in in_this.items():
            taken.setdefault(kind, []).append(items)
    found = (_overrun_of_kind(kind, in_meetings) for kind, in_meetings in taken.items())
    return tuple(sorted(found, key=lambda each: each.planned - each.spent))


def _overrun_of_kind(kind: ItemKind, in_meetings: Sequence[Sequence[ItemTime]]) -> OverrunStats:
    everything = [item for items in in_meetings for item in items]
    return OverrunStats(
        kind=kind,
        times=len(everything),
        planned=sum((each.planned for each in everything), NO_TIME),
        spent=sum((each.spent for each in everything), NO_TIME),
        by_meeting=tuple(
            sum((each.spent - each.planned for each in items), NO_TIME) / MINUTE
            for items in in_meetings
        ),
    )


def _decision_stats(decisions: Sequence[PastEntry[Decision]]) -> DecisionStats:
    ruled = [(each.entry.settled_on, each.entry.days_to_ruling) for each in decisions]
    known = sorted((on, days) for on, days in ruled if on is not None and days is not None)
    older, newer = known[: len(known) // 2], known[len(known) // 2 :]
    is_told = len(known) >= FEWEST_COMPARED
    return DecisionStats(
        ruled=sum(on is not None for on, _ in ruled),
        waiting=sum(on is None for on, _ in ruled),
        days=median(days for _, days in known) if known else None,
        lately=median(days for _, days in newer) if is_told else None,
        before=median(days for _, days in older) if is_told else None,
        by_month=by_month(known, median),
    )


def _cost_stats(past: Past) -> Iterator[CostStats]:
    for currency in sorted({meeting.currency for meeting in past.meetings}):
        yield CostStats(
            currency=currency,
            total=sum(each.cost for each in past.meetings if each.currency == currency),
            decisions=sum(
                each.entry.settled_on is not None
                for each in past.latest(Decision)
                if each.meeting.currency == currency
            ),
            closed_actions=sum(
                each.entry.status is ActionStatus.DONE
                for each in past.latest(ActionItem)
                if each.meeting.currency == currency
            ),
        )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
