"""Factories: a meeting with five people, six items and two prepared decisions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Concatenate, ParamSpec, get_args
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from facilitator.adapters.in_memory import ManualClock
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId, PositionKind
from facilitator.domain.errors import Diagnostic, Severity, message
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.kpis import CauseGiven
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.incident import (
    Incident,
    IncidentId,
    IncidentKind,
    IncidentReview,
    Recipient,
)
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Target, Week
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Reading, Scorecard
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, ParkedTopic, TopicId, TopicStatus
from facilitator.domain.open_points import OpenPoint, open_points
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.proposal import Experiment, Request
from facilitator.domain.rating import Rating
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.domain.rules import (
    actions,
    approval,
    decisions,
    incidents,
    kpi_answers,
    lifecycle,
    risks,
)
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.session import MeetingSession

P = ParamSpec("P")

ZONE = "Asia/Shanghai"
STARTS = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo(ZONE))
"""A Monday."""
OPENED = STARTS.astimezone(UTC)
ON = STARTS.date()

ACOS = KpiId("acos")
US = Marketplace("US")

PEOPLE = (
    Person(
        id=PersonId("mei"),
        name="陈梅",
        role="operator",
        hourly_rate=120.0,
        supervisor=PersonId("tom"),
    ),
    Person(id=PersonId("tom"), name="Tom Hale", role="supervisor", duties=(Duty.FACILITATOR,)),
    Person(id=PersonId("ana"), name="Ana Ruiz", role="finance", duties=(Duty.RECORDER,)),
    Person(id=PersonId("jun"), name="Jun Oka", role="warehouse", duties=(Duty.TIMEKEEPER,)),
    Person(
        id=PersonId("boss"), name="Lin Tao", role="boss", hourly_rate=400.0, duties=(Duty.DECIDER,)
    ),
)
ITEMS = tuple(
    Item(id=ItemId(item_id), title=title, kind=kind, timebox=timedelta(minutes=minutes))
    for item_id, title, kind, minutes in (
        ("opening", "Opening question", ItemKind.OPENING, 5),
        ("kpis", "The week in numbers", ItemKind.KPI_REVIEW, 10),
        ("ads", "Advertising", ItemKind.TOPIC, 10),
        ("listings", "Listings", ItemKind.TOPIC, 10),
        ("decisions", "Decisions", ItemKind.DECISIONS, 15),
        ("actions", "Actions", ItemKind.ACTION_REVIEW, 10),
    )
)

REQUEST = Request(
    amount=1_000.0,
    share=20.0,
    past_roi=3.2,
    roi_file="data/roi.csv",
    uplift=4_000.0,
    weeks=8,
    kpi_to=25.0,
)
"""A request for money with every figure that it needs."""


def agenda(*, series: str = "weekly", starts: datetime = STARTS) -> Agenda:
    """The agenda of a meeting of an hour on a Monday in Shanghai, with two decisions."""
    return Agenda(
        title="Weekly operations",
        series=series,
        starts=starts,
        length=timedelta(minutes=60),
        people=PEOPLE,
        items=ITEMS,
        decisions=(
            question("Raise the bids in Germany?", why="The rank fell two weeks running."),
            question("Send 400 units by air?"),
        ),
        file="agendas/weekly/agenda.toml",
        timezone=ZONE,
        notice=timedelta(),
    )


def question(text: str, *, why: str = "") -> Decision:
    """A decision of Mei's with two options, the first recommended; without a number."""
    return Decision(
        id=DecisionId(""),
        question=text,
        options=(
            Option(id=OptionId("A"), title="Yes", cost="¥ 3 000", expected="rank 12"),
            Option(id=OptionId("B"), title="No"),
        ),
        recommended=OptionId("A"),
        why=why,
        proposer=PersonId("mei"),
    )


def carried() -> CarryOver:
    """What an earlier meeting left: an action item, a decision, a parked topic, a KPI value."""
    return CarryOver(
        actions=(
            ActionItem(
                id=ActionId("A4"),
                title="Photograph the new bottle",
                owner=PersonId("mei"),
                due=date(2026, 11, 20),
                criterion="Seven pictures are live",
                created_on=date(2026, 11, 16),
                first_due=date(2026, 11, 20),
            ),
        ),
        decisions=(
            replace(question("Drop the blue lid?"), id=DecisionId("D2"), times_postponed=1),
        ),
        topics=(
            ParkedTopic(id=TopicId("P1"), text="A second warehouse", parked_on=date(2026, 11, 16)),
        ),
        values=(PastValue(kpi=ACOS, week_end=date(2026, 11, 15), value=24.0),),
        focus="Stock before the holidays",
        met_on=date(2026, 11, 16),
        numbers=NextNumbers(action=5, decision=3, topic=2),
    )


def scorecard(*, acos: float | None = 31.2) -> Scorecard:
    """One KPI, off target, with a file behind it and a problem in that file."""
    definition = KpiDefinition(
        id=ACOS,
        name="ACoS",
        group="advertising",
        numerator=("ad_spend",),
        denominator=("ad_sales",),
        scale=100.0,
        higher_is_better=False,
    )
    week = Week(end=date(2026, 11, 22))
    readings = (
        Reading(week_end=week.back(1).end, value=24.0),
        Reading(week_end=week.end, value=acos, missing=() if acos is not None else ("ad_sales",)),
    )
    return Scorecard(
        week=week,
        definitions=(definition,),
        series=tuple(
            KpiSeries(
                kpi=definition.id,
                marketplace=marketplace,
                readings=readings,
                target=Target(at_most=25.0),
                sources=("US/search-term.csv",),
            )
            for marketplace in (ALL, US)
        ),
        owners=((definition.id, PersonId("mei")),),
        sources=(
            Source(file="US/search-term.csv", kind="search-term", rows_read=12, rows_kept=11),
        ),
        problems=(
            Diagnostic(
                file="US/search-term.csv",
                row=17,
                column="Spend",
                message=message("“{text}” is no number.", text="n/a", row=17, share=0.5),
                severity=Severity.WARNING,
            ),
        ),
        rates=Rates(base=Currency("CNY"), on=ON, per_unit=((Currency("USD"), 7.1),)),
    )


def explained_answer(kpi: KpiId = ACOS, marketplace: Marketplace = ALL) -> KpiAnswer:
    """The answer of a KPI explained with everything that an answer can hold."""
    return KpiAnswer(
        kpi=kpi,
        marketplace=marketplace,
        verdict=Verdict.EXPLAINED,
        causes=("A competitor cut the price", "Two broad campaigns"),
        proposal="A new main image",
        experiment=Experiment(variant="Image B", metric="CTR", until=date(2026, 12, 7)),
        evidence="24.99 since Tuesday",
    )


class MeetingHarness:
    """A meeting without a journal: takes steps by their rules, on a clock moved by hand."""

    def __init__(self, prepared: Agenda, opening: CarryOver | None = None) -> None:
        self.clock = ManualClock(prepared.starts.astimezone(UTC))
        self.events: list[MeetingEvent] = [
            meeting_rules.open_meeting(self.clock.now(), prepared, opening or CarryOver())
        ]
        self.history = EventHistory(self.events)

    @property
    def meeting(self) -> Meeting:
        """The meeting after all steps so far."""
        return self.history.meeting

    def step(
        self,
        rule: Callable[Concatenate[Meeting, datetime, P], MeetingEvent],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Meeting:
        """Take a step, twenty seconds after the one before; return the meeting after it."""
        now = self.clock.advance(seconds=20)
        return self._add(rule(self.meeting, now, *args, **kwargs))

    def undo(self) -> Meeting:
        """Undo the last step."""
        return self._add(meeting_rules.undo_step(self.meeting, self.clock.advance(seconds=20)))

    def redo(self) -> Meeting:
        """Redo the step undone last."""
        return self._add(meeting_rules.redo_step(self.meeting, self.clock.advance(seconds=20)))

    def add_action(self, title: str, **fields: object) -> ActionItem:
        """Add an action item, and return it with its number."""
        return self.step(actions.add_action, action_draft(title, **fields)).actions[-1]

    def close(self) -> Meeting:
        """Accept what is open, and close the meeting."""
        return close_meeting(self)

    def _add(self, event: MeetingEvent) -> Meeting:
        self.events.append(event)
        return self.history.add(event)


def accept_open_points(held: MeetingHarness | MeetingSession) -> None:
    """Discard drafts, and accept what keeps a meeting from closing or is carried over."""
    for draft in held.meeting.drafts:
        held.step(meeting_rules.save_draft, draft.form, ())
    accepted = (each for each in open_points(held.meeting) if _is_accepted(each))
    for point in accepted:
        held.step(meeting_rules.accept_open_point, point.key, "Next week.")


def _is_accepted(point: OpenPoint) -> bool:
    return point.must_be_settled or point.is_carried_over


def close_meeting(held: MeetingHarness | MeetingSession) -> Meeting:
    """Accept what is open, and close the meeting."""
    accept_open_points(held)
    return held.step(meeting_rules.close_meeting)


def meeting_with(
    *decisions: Decision, card: Scorecard | None = None, opening: CarryOver | None = None
) -> MeetingHarness:
    """Begin a meeting with just these prepared decisions, and load its KPIs."""
    harness = MeetingHarness(replace(agenda(), decisions=decisions), opening)
    harness.step(meeting_rules.load_kpis, card or scorecard())
    return harness


def full_meeting(*, series: str = "weekly", lives_on: bool = False) -> MeetingHarness:
    """Hold a meeting in which everything happens; with `lives_on`, also handed over, suspended
    and reopened."""
    harness = MeetingHarness(agenda(series=series), carried())
    _open_and_load_kpis(harness)
    _handle_incident(harness)
    _take_notes(harness)
    _handle_decisions(harness)
    _handle_actions(harness)
    _record_risks(harness)
    harness.step(clock_rules.skip_item, ItemId("decisions"))
    harness.step(clock_rules.drop_item, ItemId("decisions"), "Nothing left to decide")
    harness.step(
        meeting_rules.rate_meeting, (Rating(person=PersonId("mei"), score=6, reason="Too long"),)
    )
    if lives_on:
        harness.step(lifecycle.change_recorder, PersonId("jun"), lets_go=True)
        harness.step(clock_rules.resume_meeting)
        harness.step(lifecycle.suspend_meeting)
        harness.step(clock_rules.resume_meeting)
    harness.close()
    if lives_on:
        harness.step(lifecycle.reopen_meeting, "A wrong date", harness.meeting.numbers)
        harness.step(meeting_rules.close_meeting)
    return harness


def meeting_events(*, series: str = "weekly") -> tuple[MeetingEvent, ...]:
    """Return the events of a whole meeting, with every kind of event among them."""
    return tuple(full_meeting(series=series, lives_on=True).events)


def event_types(events: Iterable[MeetingEvent]) -> set[type[MeetingEvent]]:
    """Return the kinds of event that occur."""
    return {type(event) for event in events}


def all_event_types() -> Iterator[type[MeetingEvent]]:
    """Yield every kind of event there is."""
    yield from get_args(MeetingEvent)


def _open_and_load_kpis(harness: MeetingHarness) -> None:
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.tick_clock)
    harness.step(meeting_rules.take_attendance, (PersonId("jun"),))
    harness.step(focus_rules.answer_focus, "Sales in Germany\n德国站的销量")
    harness.step(focus_rules.review_focus)
    harness.step(clock_rules.resume_meeting)
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(clock_rules.start_next_item)
    _answer_kpis(harness)


def _answer_kpis(harness: MeetingHarness) -> None:
    harness.step(kpi_answers.explain_kpi, explained_answer())
    harness.step(lambda _meeting, now: CauseGiven(at=now, kpi=ACOS, marketplace=US, text="Bids"))
    harness.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, "Singles’ Day")
    harness.step(kpi_answers.agree_definition, ACOS, "Counted by the day of the click")


def incident_draft(**other: object) -> Incident:
    """An incident found when the meeting was opened, without a number; nobody is informed yet."""
    draft = Incident(
        id=IncidentId(""),
        series="weekly",
        kind=IncidentKind.OUT_OF_STOCK,
        phenomenon="B0TEST0001 shows “currently unavailable”",
        scope="US, 40 orders a day",
        measures="Ads paused",
        detected_at=OPENED,
        reported_at=OPENED,
    )
    return replace(draft, **other)  # type: ignore[arg-type]


def _handle_incident(harness: MeetingHarness) -> None:
    found = incidents.report_incident((), harness.clock.now(), incident_draft())
    harness.step(incidents.receive_incident_update, found)
    known = (found.incident,)
    now = harness.clock.now()
    harness.step(
        incidents.receive_incident_update,
        incidents.record_recipient_informed(known, now, found.incident.id, Recipient.SUPERVISOR),
    )
    harness.step(
        incidents.receive_incident_update,
        incidents.recover_incident(known, now, found.incident.id, by_itself=True),
    )
    harness.step(
        incidents.review_incident,
        found.incident.id,
        IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order at 40 days of cover"),
    )


def _take_notes(harness: MeetingHarness) -> None:
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.change_timebox, timedelta(minutes=-2, seconds=-30))
    harness.step(clock_rules.pause_or_continue)
    harness.step(clock_rules.pause_or_continue)
    harness.step(meeting_rules.save_draft, "note", (("text", "Half a sen"),))
    harness.step(note_rules.take_note, "“[bold]” is 100 % text\u2028\u0085 with \\ and \t and 🙂")
    harness.step(note_rules.change_note, NoteId("N1"), "Ranks fell in two shops.")
    harness.step(note_rules.park_topic, "Reviews of the new bottle")
    harness.step(note_rules.close_topic, TopicId("P1"), TopicStatus.SETTLED)
    harness.step(
        meeting_rules.record_lost_time,
        LossCause.NO_PRE_READ,
        timedelta(minutes=1),
        "The stock list",
    )


def _handle_decisions(harness: MeetingHarness) -> None:
    harness.step(
        approval.take_position, DecisionId("D3"), PersonId("ana"), PositionKind.AGAINST, "Too dear"
    )
    harness.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    harness.step(approval.accept_decision_bypass, DecisionId("D3"), "The supervisor was away")
    harness.step(
        decisions.postpone_decision, DecisionId("D4"), "No quote yet", until=date(2026, 11, 30)
    )
    harness.step(decisions.drop_decision, DecisionId("D2"), "The lid sold out")
    harness.step(decisions.reopen_decision, DecisionId("D2"))
    asked = replace(
        question("Join the holiday sale?"), request=Request(amount=900.0, past_roi=0.0, weeks=4)
    )
    proposed = harness.step(decisions.propose_decision, asked)
    harness.step(
        decisions.change_decision, replace(proposed.decisions[-1], question="Join the winter sale?")
    )


def risk_draft(text: str = "The ship is late", **other: object) -> Risk:
    """A risk that Mei raises and Tom owns, without a number."""
    draft = Risk(
        id=RiskId(""),
        text=text,
        owner=PersonId("tom"),
        raised_by=PersonId("mei"),
        raised_on=ON,
    )
    return replace(draft, **other)  # type: ignore[arg-type]


def _record_risks(harness: MeetingHarness) -> None:
    named = harness.step(risks.raise_risk, risk_draft(solution="Book 200 units by air"))
    harness.step(
        risks.change_risk, replace(named.risks[-1], state=RiskState.OUT_OF_CONTROL, kpi=ACOS)
    )
    named = harness.step(risks.raise_risk, risk_draft("The lid leaks", raised_by=PersonId("ana")))
    harness.step(risks.close_risk, named.risks[-1].id, "A new seal")
    harness.step(risks.sign_no_problem, PersonId("boss"))


def action_draft(title: str = "Tell the supplier", **fields: object) -> ActionItem:
    """An action item for Mei, without a number."""
    draft = ActionItem(id=ActionId(""), title=title, owner=PersonId("mei"))
    return replace(draft, **fields)  # type: ignore[arg-type]


def _handle_actions(harness: MeetingHarness) -> None:
    friday = date(2026, 11, 27)
    added = harness.add_action("Lower bids on “bottle”", due=friday)
    harness.step(actions.change_action, replace(added, criterion="ACoS of the campaign ≤ 25 %"))
    harness.step(
        actions.keep_action_open, ActionId("A4"), "Two pictures missing", date(2026, 11, 30)
    )
    harness.add_action("Tell the supplier", due=friday)
    harness.step(actions.finish_action, ActionId("A6"), "Mail of today")
    harness.undo()
    harness.redo()
    harness.step(note_rules.convert_note, NoteId("N1"), note_rules.ConversionTarget.ACTION)
    harness.step(note_rules.revert_note, NoteId("N1"))
    harness.step(actions.toggle_in_progress, ActionId("A5"))
    harness.step(entry_rules.toggle_sensitivity, "A5")
    harness.step(entry_rules.toggle_sensitivity, "A5")
    harness.step(actions.accept_action, ActionId("A5"))
    harness.step(actions.redate_action, ActionId("A5"), "Late data", date(2026, 12, 4))
