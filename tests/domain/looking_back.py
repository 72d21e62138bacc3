"""A past to look back on: two weekly meetings about ACoS, and a monthly one."""

from dataclasses import replace
from datetime import UTC, date, timedelta

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.past.meetings import Past
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.stored import MeetingId
from tests.building import ACOS, ON, STARTS, Table, agenda, explained, question, scorecard

WEEK = timedelta(days=7)


def past() -> Past:
    """Three meetings: D1 is asked in the first and ruled in the second, which closes A1."""
    library = MemoryLibrary()
    first = _sit(library, "weekly")
    first.step(meeting_rules.load_kpis, scorecard())
    first.step(kpi_answers.explain_kpi, explained())
    asked = replace(question("Lower the bids for B0C1234XYZ?"), kpi=ACOS)
    first.step(decisions.propose_decision, asked)
    _promise(first, "Ask the 供应商 for a quote", kpi=ACOS)
    first.step(clock_rules.start_next_item)
    first.step(note_rules.take_note, "Ｆｕｌｌ width, and Straße")
    first.step(note_rules.park_topic, "A second warehouse")
    first.clock.advance(minutes=30)
    _end(library, first)

    second = _sit(library, "weekly", WEEK)
    second.step(decisions.choose_option, DecisionId("D1"), OptionId("A"), "Rank 3 is enough")
    _promise(second, "Lower bids to 0.80", decision=DecisionId("D1"))
    second.step(actions.finish_action, ActionId("A1"), "quotes/2026-12.pdf")
    _end(library, second)

    monthly = _sit(library, "monthly", WEEK)
    _promise(monthly, "Ring the bank")
    monthly.step(actions.drop_action, ActionId("A1"), "They rang")
    _end(library, monthly)
    return library.past()


def _sit(library: MemoryLibrary, series: str, later: timedelta = timedelta()) -> Table:
    prepared = replace(agenda(series=series, starts=STARTS + later), decisions=())
    table = Table(prepared, library.carried(series, ON + later))
    table.step(clock_rules.start_next_item)
    return table


def _promise(table: Table, title: str, **links: object) -> None:
    draft = ActionItem(
        id=ActionId(""), title=title, owner=PersonId("mei"), due=date(2026, 12, 4), criterion="Sent"
    )
    table.step(actions.add_action, replace(draft, **links))  # type: ignore[arg-type]


def _end(library: MemoryLibrary, table: Table) -> None:
    table.close()
    opened = table.meeting.opened_at.astimezone(UTC)
    library.record(MeetingId(f"{opened.date()}-{table.meeting.agenda.series}"), table.meeting)
