"""Past meetings to look back on: two weekly ones about ACoS, and a monthly one."""

from datetime import UTC, date, timedelta

from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.past.meetings import Past
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.stored_meetings import MeetingId
from tests.factories import (
    ACOS,
    ON,
    STARTS,
    MeetingHarness,
    agenda,
    explained_answer,
    question,
    scorecard,
)

WEEK = timedelta(days=7)


def past_meetings() -> Past:
    """Three meetings: D1 is asked in the first and ruled in the second, which closes A1."""
    library = MemoryLibrary()
    first = _begin_meeting(library, "weekly")
    first.step(meeting_rules.load_kpis, scorecard())
    first.step(kpi_answers.explain_kpi, explained_answer())
    asked = replace(question("Lower the bids for B0C1234XYZ?"), kpi=ACOS)
    first.step(decisions.propose_decision, asked)
    _add_action(first, "Ask the 供应商 for a quote", kpi=ACOS)
    first.step(clock_rules.start_next_item)
    first.step(note_rules.take_note, "Ｆｕｌｌ width, and Straße")
    first.step(note_rules.park_topic, "A second warehouse")
    first.clock.advance(minutes=30)
    _end_meeting(library, first)

    second = _begin_meeting(library, "weekly", WEEK)
    second.step(decisions.choose_option, DecisionId("D1"), OptionId("A"), "Rank 3 is enough")
    _add_action(second, "Lower bids to 0.80", decision=DecisionId("D1"))
    second.step(actions.finish_action, ActionId("A1"), "quotes/2026-12.pdf")
    _end_meeting(library, second)

    monthly = _begin_meeting(library, "monthly", WEEK)
    _add_action(monthly, "Ring the bank")
    monthly.step(actions.drop_action, ActionId("A1"), "They rang")
    _end_meeting(library, monthly)
    return library.past()


def _begin_meeting(
    library: MemoryLibrary, series: str, later: timedelta = timedelta()
) -> MeetingHarness:
    prepared = replace(agenda(series=series, starts=STARTS + later), decisions=())
    harness = MeetingHarness(prepared, library.carried(series, ON + later))
    harness.step(clock_rules.start_next_item)
    return harness


def _add_action(harness: MeetingHarness, title: str, **links: object) -> None:
    draft = ActionItem(
        id=ActionId(""), title=title, owner=PersonId("mei"), due=date(2026, 12, 4), criterion="Sent"
    )
    harness.step(actions.add_action, replace(draft, **links))  # type: ignore[arg-type]


def _end_meeting(library: MemoryLibrary, harness: MeetingHarness) -> None:
    harness.close()
    opened = harness.meeting.opened_at.astimezone(UTC)
    library.record(MeetingId(f"{opened.date()}-{harness.meeting.agenda.series}"), harness.meeting)
