"""What a meeting leaves for later ones, and what a new meeting begins with."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from facilitator.domain.carry_over import (
    CarryOver,
    NextNumbers,
    OverruledClose,
    RuledQuestion,
    highest_numbers,
)
from facilitator.domain.decision import Decision
from facilitator.domain.entry import Entry, number_order
from facilitator.domain.kpis.causes import NamedCause, count_causes
from facilitator.domain.kpis.kpi import AgreedDefinition
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import ParkedTopic, TopicId
from facilitator.domain.past.meetings import ItemTime, PastMeeting, summarize_meeting
from facilitator.domain.redaction import mark_sensitive_entries
from facilitator.domain.track_record import ProposalResult, track_records
from facilitator.domain.usual_times import usual_times
from facilitator.session.incidents import REVIEW_ITEM

CARRIED_OVER_FOR = timedelta(weeks=52)
"""How long a cause that nobody names any more, or a marked week, is carried along."""


class MeetingResult(Struct, frozen=True, kw_only=True):
    """All that later meetings may need of an earlier one."""

    series: str
    title: str
    date: date
    opened_at: datetime
    closed_at: datetime | None
    seen_at: datetime
    suspended_at: datetime | None = None
    reopened_at: datetime | None = None
    agenda_file: str = ""
    entries: tuple[Entry, ...] = ()
    """All that it made or held, and the items that were not reached as parked topics."""
    changed_entries: tuple[Entry, ...] = ()
    """Those of them that it made or changed."""
    values: tuple[PastValue, ...] = ()
    causes: tuple[NamedCause, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    """Every week marked so far, those of earlier meetings too."""
    definitions: tuple[AgreedDefinition, ...] = ()
    """All that was agreed so far that KPIs mean."""
    told: tuple[OverruledClose, ...] = ()
    """What it was told of action items that were closed before it and do not count as closed."""
    focus: str = ""
    numbers: NextNumbers = field(default_factory=NextNumbers)
    """The next free ones, after those of the entries above."""
    past: PastMeeting
    """What is remembered of it."""


def meeting_result(meeting: Meeting) -> MeetingResult:
    """Return what later meetings may need of a meeting, as it stands."""
    before = {each.id: each for each in meeting.carried}
    meeting = mark_sensitive_entries(meeting)
    put_off = tuple(_unreached_topics(meeting))
    entries = meeting.entries + put_off
    return MeetingResult(
        series=meeting.agenda.series,
        title=meeting.agenda.title,
        date=meeting.date,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        seen_at=meeting.seen_at,
        suspended_at=meeting.suspended_at,
        reopened_at=meeting.reopened_at,
        agenda_file=meeting.agenda.file,
        entries=entries,
        changed_entries=tuple(each for each in entries if each != before.get(each.id)),
        values=tuple(_past_values(meeting)),
        causes=tuple(_named_causes(meeting)),
        occasions=meeting.occasions,
        definitions=meeting.definitions,
        told=meeting.overruled,
        focus=meeting.focus,
        numbers=replace(meeting.numbers, topic=meeting.numbers.topic + len(put_off)),
        past=summarize_meeting(meeting),
    )


def build_carry_over(
    on: date,
    *,
    met_on: date,
    numbers: Iterable[NextNumbers],
    values: tuple[PastValue, ...],
    causes: Iterable[NamedCause],
    occasions: Iterable[Occasion],
    definitions: Iterable[AgreedDefinition] = (),
    spent: Iterable[Iterable[ItemTime]] = (),
    proposals: Iterable[ProposalResult] = (),
    focus: str,
    entries: Iterable[Entry],
    decisions: Iterable[Decision] = (),
    overruled: Iterable[OverruledClose] = (),
) -> CarryOver:
    """Return what a meeting on the day `on` begins with, from what its series left so far.

    `entries` come as they are now, each once; those that are settled are left out. `decisions`
    are all that meetings made or changed, from the oldest meeting to the newest. `spent` is
    the time that items took, the newest meeting first. `definitions` come from the oldest
    meeting to the newest, whose definition of a KPI counts. `occasions` are those of the newest
    meeting, since it may have removed marks: what an older one marks once it is reopened is not
    passed on.
    """
    carried: dict[str, Any] = {}
    for each in sorted(entries, key=number_order):
        if each.is_carried_over and each.is_due(on):
            carried[each.list_name] = (*carried.get(each.list_name, ()), each.carry_over())
    return CarryOver(
        **carried,
        values=values,
        causes=tuple(
            each for each in count_causes(causes) if each.last_on >= on - CARRIED_OVER_FOR
        ),
        occasions=tuple(each for each in occasions if each.last_day >= on - CARRIED_OVER_FOR),
        definitions=tuple({each.kpi: each for each in definitions}.values()),
        records=track_records(proposals),
        ruled=tuple(_ruled_questions(decisions, on, carried.get(Decision.list_name, ()))),
        usual=usual_times(((each.id, each.spent) for each in items) for items in spent),
        overruled=tuple(overruled),
        focus=focus,
        met_on=met_on,
        numbers=replace(highest_numbers(numbers), note=1),  # notes are numbered anew in each
    )


def _unreached_topics(meeting: Meeting) -> Iterator[ParkedTopic]:
    """Items as topics for the next meeting; one that was put off before is there already."""
    held = meeting.versions[0].meeting if meeting.versions else meeting
    waiting = {topic.item_id for topic in held.topics if topic.is_open}
    waiting.add(REVIEW_ITEM)  # what it did not review comes back by itself
    new = (each.item for each in held.unreached if each.item.id not in waiting)
    for offset, item in enumerate(new):
        # A version to come keeps the numbers of the first close: later meetings have them.
        if (progress := meeting.item(item.id)) is None or not progress.is_unreached:
            continue
        yield ParkedTopic(
            id=TopicId(held.numbers.next_id(ParkedTopic, offset)),
            text=item.title,
            parked_on=meeting.date,
            item_id=item.id,
            timebox=item.timebox,
            is_sensitive=item.is_sensitive,
        )


def _ruled_questions(
    decisions: Iterable[Decision], on: date, waiting: Iterable[Decision]
) -> Iterator[RuledQuestion]:
    """Yield the questions that were ruled and do not come up on the day `on`, each once."""
    latest = {each.question: each for each in decisions if each.ruling is not None}
    asked = {each.question for each in waiting}
    for question, decision in latest.items():
        ruling = decision.ruling
        if ruling and ruling.on and question not in asked and ruling.on >= on - CARRIED_OVER_FOR:
            back_on = None if decision.is_due(on) else ruling.back_on
            yield RuledQuestion(
                question=question, decision=decision.id, on=ruling.on, back_on=back_on
            )


def latest_values(values: Iterable[PastValue], since: date) -> tuple[PastValue, ...]:
    """Return one value for each KPI, marketplace and week that ended on or after `since`.

    `values` come from the oldest meeting to the newest, whose value of a week counts.
    """
    latest = {
        (each.kpi, each.marketplace, each.week_end): each
        for each in values
        if each.week_end >= since
    }
    return tuple(latest.values())


def _named_causes(meeting: Meeting) -> Iterator[NamedCause]:
    for answer in meeting.answers:
        for text in answer.causes:
            yield NamedCause(kpi=answer.kpi, text=text, on=meeting.date)


def _past_values(meeting: Meeting) -> Iterator[PastValue]:
    card = meeting.scorecard
    growths = {each.id for each in card.definitions if each.growth} if card else set()
    for series in card.series if card else ():
        current = series.current
        # The total of one currency is no KPI's total, and a part of a week no week's value.
        if current.is_partial or series.currency is not None:
            continue
        has_level = series.kpi in growths or current.is_worse_than_any_target
        level = current.numerator if has_level else None
        if current.value is not None or level is not None:
            yield PastValue(
                kpi=series.kpi,
                marketplace=series.marketplace,
                week_end=current.week_end,
                value=current.value,
                level=level,
                denominator=current.denominator,
            )
