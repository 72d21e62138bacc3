"""The chain: KPI → cause → decision → action → evidence, from any of its links."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.decision import Decision, OptionId
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.note import TopicId, TopicStatus
from facilitator.domain.past.chain import Chain, PastAnswer, find_chains
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskId, RiskState
from facilitator.domain.rules import decisions, kpi_answers, risks
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.rules.notes import ConversionTarget
from facilitator.render.chain import chain_history_lines, chain_lines
from facilitator.render.language import Language
from tests.domain.past_meetings import past_meetings
from tests.factories import (
    ACOS,
    ON,
    US,
    explained_answer,
    incident_draft,
    question,
    risk_draft,
    scorecard,
)
from tests.library_meetings import (
    WEEK,
    add_action,
    begin_meeting,
    end_meeting,
    library_of_meetings,
    propose_decision,
)

PAST = past_meetings()


@pytest.mark.parametrize("wanted", ["D1", "d1 ", "A2"])
def test_a_decision_and_its_action_lead_to_the_same_chain(wanted):
    (chain,) = find_chains(PAST, wanted)
    assert (chain.kpi, chain.kpi_name) == (ACOS, "ACoS")
    assert [each.answer.kpi for each in chain.answers] == [ACOS]
    (decision,) = chain.latest(Decision)
    assert decision.entry.id == "D1"
    assert [each.entry.id for each in chain.actions_of(decision.entry)] == ["A2"]
    assert chain.actions_of(None) == ()


def test_a_kpi_leads_to_its_decisions_and_action_items():
    (chain,) = find_chains(PAST, "ACOS")
    assert [each.entry.id for each in chain.latest(Decision)] == ["D1"]
    assert [each.entry.id for each in chain.actions_of(None)] == ["A1"]


def test_an_id_of_two_series_leads_to_a_chain_in_each():
    assert [chain.series for chain in find_chains(PAST, "A1")] == ["monthly", "weekly"]


@pytest.mark.parametrize("wanted", ["D9", "", "x"])
def test_an_unknown_id_has_no_chain(wanted):
    assert find_chains(PAST, wanted) == ()


def test_the_chain_is_rendered_link_by_link():
    (chain,) = find_chains(PAST, "acos")
    lines = chain_lines(chain, Language())
    assert lines[0] == "KPI: ACoS"
    assert lines[1].startswith("  Cause on 2026-11-23: ")
    assert lines[2:] == (
        "  Decision D1: Lower the bids for B0C1234XYZ?",
        "    ✓ Yes on 2026-11-30 · Lin Tao · Rank 3 is enough",
        "    Action A2: Lower bids to 0.80 · 陈梅 · due 2026-12-04",
        "      Evidence: none yet",
        "  Action A1: Ask the 供应商 for a quote · 陈梅 · due 2026-12-04",
        "    Evidence: quotes/2026-12.pdf",
    )


def test_missing_links_are_named():
    bank = next(chain for chain in find_chains(PAST, "A1") if chain.series == "monthly")
    lines = chain_lines(bank, Language())
    assert lines[0] == "KPI: none"
    assert lines[-1].strip() == "Dropped: They rang"


def test_an_earlier_postponement_is_listed_with_its_reason():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    harness.step(
        decisions.postpone_decision, propose_decision(harness, "Go to Japan?"), "No quote yet"
    )
    end_meeting(library, harness)
    end_meeting(library, begin_meeting(library, ON + WEEK))
    (chain,) = find_chains(library.past(), "D1")
    assert chain_lines(chain, Language())[2:4] == (
        "    postponed on 2026-11-23 · Lin Tao · No quote yet",
        "    open on 2026-11-30",
    )


def test_the_marketplace_of_a_cause_is_separate_from_its_text():
    answer = PastAnswer(meeting=PAST.meetings[-1], answer=explained_answer(ACOS, US))
    lines = chain_lines(Chain(series="weekly", kpi=ACOS, answers=(answer,)), Language())
    assert "Two broad campaigns · US" in lines[1]


def test_a_topic_and_a_note_lead_to_each_other_and_to_what_the_note_became():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    for text, into in (
        ("Ask the carrier", ConversionTarget.ACTION),
        ("A second warehouse", ConversionTarget.TOPIC),
    ):
        note = harness.step(note_rules.take_note, text).notes[-1]
        harness.step(note_rules.convert_note, note.id, into)
    end_meeting(library, harness)
    found = library.past()

    (topic,) = find_chains(found, "p1")
    assert chain_lines(topic, Language()) == (
        "Note N2 on 2026-11-23: A second warehouse · Opening question · became P1",
        "Topic P1: A second warehouse · parked",
    )
    (by_note,), (by_action,) = find_chains(found, "N1"), find_chains(found, "A1")
    assert by_note == by_action
    assert chain_lines(by_note, Language())[:2] == (
        "Note N1 on 2026-11-23: Ask the carrier · Opening question · became A1",
        "KPI: none",
    )


def test_a_risk_and_the_decision_made_of_it_lead_to_each_other():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    alone = harness.step(risks.raise_risk, risk_draft("The lid leaks")).risks[-1].id
    named = harness.step(risks.raise_risk, risk_draft()).risks[-1].id
    harness.step(risks.propose_decision_on_risk, question("Book it by air?"), named)
    harness.step(risks.close_risk, alone, "A new seal")
    end_meeting(library, harness)
    found = library.past()

    (by_risk,), (by_decision,) = find_chains(found, "r2"), find_chains(found, "D1")
    assert by_risk == by_decision
    assert chain_lines(by_risk, Language())[:3] == (
        "Risk R2: The ship is late · ◆ watch · became D1",
        "KPI: none",
        "  Decision D1: Book it by air?",
    )
    (over,) = find_chains(found, "R1")
    assert chain_lines(over, Language()) == ("Risk R1: The lid leaks · ✗ closed · A new seal",)


def test_a_ruling_outside_the_meeting_is_listed_with_its_own_day():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    asked = propose_decision(harness, "Go to Japan?")
    harness.step(
        decisions.choose_option, asked, OptionId("A"), "A good price", outside_on=ON - timedelta(2)
    )
    end_meeting(library, harness)
    (chain,) = find_chains(library.past(), "D1")
    assert chain_lines(chain, Language())[2].startswith("    ✓ Yes on 2026-11-21")


def test_an_incident_leads_to_entries_that_name_it():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    add_action(harness, "Order sooner, after i3")
    add_action(harness, "Nothing of I31")
    end_meeting(library, harness)
    review = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order sooner")
    incident = incident_draft(id=IncidentId("I3"), review=review)
    (chain,) = find_chains(replace(library.past(), incidents=(incident,)), "I3")
    lines = chain_lines(chain, Language())
    assert lines[0] == "Incident I3 on 2026-11-23: B0TEST0001 shows “currently unavailable”"
    assert lines[2] == "  Loss: ¥ 9 000"
    assert [each.entry.id for each in chain.actions_of(None)] == ["A1"]


def history_of(library: MemoryLibrary, wanted: str) -> list[str]:
    """What each meeting made of it, without blanks and dates at the beginning."""
    (chain,) = find_chains(library.past(), wanted)
    return [line.strip() for line in chain_history_lines(chain, Language())]


def test_the_chain_of_a_topic_lists_meetings_from_its_note_to_its_end():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    note = harness.step(note_rules.take_note, "A second warehouse").notes[-1]
    harness.step(note_rules.convert_note, note.id, ConversionTarget.TOPIC)
    end_meeting(library, harness)
    end_meeting(library, begin_meeting(library, ON + WEEK))
    harness = begin_meeting(library, ON + 2 * WEEK)
    harness.step(note_rules.close_topic, TopicId("P1"), TopicStatus.SETTLED)
    end_meeting(library, harness)

    assert history_of(library, "P1") == [
        "Meeting by meeting",
        "2026-11-23 Weekly operations",
        "Note N1: A second warehouse · Opening question · became P1",
        "Parked topic P1: A second warehouse · parked",
        "2026-12-07 Weekly operations",
        "Parked topic P1: settled",
    ]


def test_the_chain_of_a_risk_lists_meetings_with_what_changed():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    harness.step(risks.raise_risk, risk_draft("The lid leaks", owner=PersonId("tom")))
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + WEEK)
    harness.step(risks.set_risk_state, RiskId("R1"), RiskState.OUT_OF_CONTROL)
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + 2 * WEEK)
    harness.step(risks.close_risk, RiskId("R1"), "A new seal")
    end_meeting(library, harness)

    assert history_of(library, "R1")[2::2] == [
        "Risk R1: The lid leaks · watch · Tom Hale",
        "Risk R1: out of control",
        "Risk R1: closed · A new seal",
    ]


def test_the_chain_repeats_a_ruling_that_a_later_meeting_confirms():
    library = MemoryLibrary()
    harness = begin_meeting(library)
    asked = propose_decision(harness, "Go to Japan?")
    harness.step(decisions.postpone_decision, asked, "No quote yet")
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + WEEK)
    harness.step(decisions.postpone_decision, asked, "Still no quote")
    end_meeting(library, harness)

    assert history_of(library, "D1")[2::2] == [
        "Decision D1: Go to Japan? · postponed · Lin Tao · No quote yet",
        "Decision D1: postponed · Lin Tao · Still no quote",
    ]


@pytest.mark.parametrize("wanted", ["acos us", "ACoS  US", "acos"])
def test_the_chain_of_a_kpi_lists_meetings_for_one_marketplace_or_all(wanted):
    library = MemoryLibrary()
    harness = begin_meeting(library)
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.explain_kpi, explained_answer(ACOS, US))
    end_meeting(library, harness)
    _title, meeting, cause = history_of(library, wanted)
    assert meeting == "2026-11-23 Weekly operations"
    assert cause.startswith("Cause: A competitor cut the price, Two broad campaigns · US")


def test_a_marketplace_that_nothing_was_said_of_has_no_chain():
    assert find_chains(PAST, "acos jp") == ()


def test_the_chain_ends_with_what_was_closed_after_the_last_meeting(tmp_path):
    library = library_of_meetings(tmp_path)
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    library.close_action(ActionId("A1"), "weekly", ActionStatus.DONE, "Mail of today", at)
    (chain,) = find_chains(library.past(), "A1")
    assert [each.strip() for each in chain_history_lines(chain, Language())][-2:] == [
        "Since then",
        "Action item A1: ✓ done · Mail of today",
    ]
