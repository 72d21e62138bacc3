"""Past meetings to look back on: two weekly ones about ACoS, and a monthly one."""

from datetime import date

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionId
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.past.meetings import Past
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from tests.factories import ACOS, ON, explained_answer, scorecard
from tests.library_meetings import WEEK, begin_meeting, end_meeting, propose_decision

ACTION = {"due": date(2026, 12, 4), "criterion": "Sent"}


def past_meetings() -> Past:
    """Hold three meetings: D1 is proposed in the first, ruled in the second, which closes A1."""
    library = MemoryLibrary()
    first = begin_meeting(library)
    first.step(meeting_rules.load_kpis, scorecard())
    first.step(kpi_answers.explain_kpi, explained_answer())
    propose_decision(first, "Lower the bids for B0C1234XYZ?", kpi=ACOS)
    first.add_action("Ask the 供应商 for a quote", **ACTION, kpi=ACOS)
    first.step(clock_rules.start_next_item)
    first.step(note_rules.take_note, "Ｆｕｌｌ width, and Straße")
    first.step(note_rules.park_topic, "A second warehouse")
    first.clock.advance(minutes=30)
    end_meeting(library, first)

    second = begin_meeting(library, ON + WEEK)
    second.step(decisions.choose_option, DecisionId("D1"), OptionId("A"), "Rank 3 is enough")
    second.add_action("Lower bids to 0.80", **ACTION, decision=DecisionId("D1"))
    second.step(actions.finish_action, ActionId("A1"), "quotes/2026-12.pdf")
    end_meeting(library, second)

    monthly = begin_meeting(library, ON + WEEK, "monthly")
    monthly.add_action("Ring the bank", **ACTION)
    monthly.step(actions.drop_action, ActionId("A1"), "They rang")
    end_meeting(library, monthly)
    return library.past()
