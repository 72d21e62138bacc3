"""What a meeting leaves for the ones after it, whether it was closed or abandoned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from facilitator.domain.action import ActionItem
from facilitator.domain.carried import Carried, Numbers, PastValue
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import ParkedTopic, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAction:
    """An action item as a meeting left it, with the name of its owner."""

    action: ActionItem
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """All that later meetings may need of an earlier one."""

    series: str
    title: str
    date: date
    opened_at: datetime
    closed_at: datetime | None
    seen_at: datetime
    agenda_file: str = ""
    actions: tuple[LeftAction, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[ParkedTopic, ...] = ()
    """The parking lot, and after it the items that were not reached."""
    values: tuple[PastValue, ...] = ()
    focus: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    """The next free ones, after the topics above."""


def remainder(meeting: Meeting) -> Remainder:
    """What is left of a meeting as it stands."""
    put_off = tuple(_not_reached(meeting))
    return Remainder(
        series=meeting.agenda.series,
        title=meeting.agenda.title,
        date=meeting.date,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        seen_at=meeting.seen_at,
        agenda_file=meeting.agenda.file,
        actions=tuple(
            LeftAction(action=action, owner_name=_owner_name(meeting, action))
            for action in meeting.actions
        ),
        decisions=meeting.decisions,
        topics=meeting.topics + put_off,
        values=tuple(_values(meeting)),
        focus=meeting.focus,
        numbers=replace(meeting.numbers, topic=meeting.numbers.topic + len(put_off)),
    )


def is_waiting(decision: Decision) -> bool:
    """Whether some later meeting has to rule it."""
    return decision.ruling is None or decision.ruling.outcome is Outcome.POSTPONED


def is_due(decision: Decision, on: date) -> bool:
    """Whether a waiting question comes up on the day `on`; one put off to later stays back."""
    until = decision.ruling.until if decision.ruling else None
    return until is None or until <= on


def carry(
    on: date,
    *,
    met_on: date,
    numbers: Iterable[Numbers],
    values: tuple[PastValue, ...],
    focus: str,
    actions: Iterable[ActionItem],
    decisions: Iterable[Decision],
    topics: Iterable[ParkedTopic],
) -> Carried:
    """What a meeting on the day `on` begins with, out of what its series left so far.

    Actions, decisions and topics come in as they stand now; what is settled stays out.
    """
    due = (each for each in decisions if is_waiting(each) and is_due(each, on))
    return Carried(
        actions=tuple(sorted((each for each in actions if each.is_open), key=_by_number)),
        decisions=tuple(sorted((replace(each, ruling=None) for each in due), key=_by_number)),
        topics=tuple(sorted((each for each in topics if each.is_open), key=_by_number)),
        values=values,
        focus=focus,
        met_on=met_on,
        numbers=_highest(numbers),
    )


def _by_number(entry: ActionItem | Decision | ParkedTopic) -> tuple[int, str]:
    """Sorts A9 before A10."""
    return len(entry.id), entry.id


def _highest(numbers: Iterable[Numbers]) -> Numbers:
    """The next numbers that no meeting used; notes are numbered anew in each."""
    used = tuple(numbers)
    return Numbers(
        action=max(each.action for each in used),
        decision=max(each.decision for each in used),
        topic=max(each.topic for each in used),
    )


def _owner_name(meeting: Meeting, action: ActionItem) -> str:
    owner = meeting.person(action.owner)
    return owner.name if owner else action.owner or ""


def _not_reached(meeting: Meeting) -> Iterator[ParkedTopic]:
    """Items as topics for the next meeting; one that was put off before is there already."""
    waiting = {topic.item_id for topic in meeting.topics if topic.is_open}
    new = (each.item for each in meeting.unreached if each.item.id not in waiting)
    for number, item in enumerate(new, start=meeting.numbers.topic):
        yield ParkedTopic(
            id=TopicId(f"P{number}"), text=item.title, parked_on=meeting.date, item_id=item.id
        )


def _values(meeting: Meeting) -> Iterator[PastValue]:
    for series in meeting.scorecard.series if meeting.scorecard else ():
        current = series.current
        if current.value is not None:
            yield PastValue(
                kpi=series.kpi,
                marketplace=series.marketplace,
                week_end=current.week_end,
                value=current.value,
            )
