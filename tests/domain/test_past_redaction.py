"""What is sensitive of past meetings is in no list, and in no earlier state of an entry."""

from datetime import date

import msgspec
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionItem
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.past.chain import find_chains
from facilitator.domain.past.meetings import Past, entries_of_kind
from facilitator.domain.past.redaction import redact_past
from facilitator.domain.past.search import search_past
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.rules.entries import toggle_sensitivity
from tests.domain.past_meetings import past_meetings
from tests.factories import ACOS, ON, MeetingHarness, action_draft, agenda, scorecard
from tests.library_meetings import WEEK, begin_meeting, end_meeting, propose_decision

NAMED = "XYZZY"
HIDDEN = "(hidden)"


def sensitive_past() -> Past:
    """Hold two meetings: what the first says of a person is marked, some of it in the second."""
    library = MemoryLibrary()
    first = begin_meeting(library)
    first.step(meeting_rules.load_kpis, scorecard())
    first.add_action(f"Ask {NAMED}", due=date(2026, 12, 4), criterion=NAMED)
    find = action_draft(f"Look at {NAMED}", due=date(2026, 12, 4))
    first.step(kpi_answers.assign_cause_search, ACOS, ALL, find)
    propose_decision(first, f"Let {NAMED} go?", kpi=ACOS)
    note = first.step(note_rules.take_note, f"{NAMED} is late").notes[-1]
    first.step(toggle_sensitivity, note.id)
    first.step(note_rules.park_topic, f"Pay of {NAMED}")
    end_meeting(library, first)

    second = begin_meeting(library, ON + WEEK)
    for each in second.meeting.entries:
        second.step(toggle_sensitivity, each.id)
    second.step(decisions.drop_decision, DecisionId("D1"), f"{NAMED} stays")
    second.add_action("Ring the bank", due=date(2026, 12, 4))
    end_meeting(library, second)
    return library.past()


def past_of_sensitive_item() -> Past:
    """Hold a meeting with a sensitive agenda item, in which something is written."""
    prepared = agenda()
    first, *others = prepared.items
    secret = replace(first, title=f"{NAMED} leaves", is_sensitive=True)
    library = MemoryLibrary()
    harness = MeetingHarness(replace(prepared, items=(secret, *others), decisions=()))
    harness.step(clock_rules.start_next_item)
    harness.step(note_rules.take_note, f"{NAMED} on Monday")
    harness.step(note_rules.park_topic, f"Who follows {NAMED}?")
    end_meeting(library, harness)
    return library.past()


def text_of(past: Past) -> str:
    return msgspec.json.encode(past).decode()


def test_the_past_without_anything_sensitive_stays_as_it_is() -> None:
    past = past_meetings()
    shown = redact_past(past, HIDDEN)
    assert shown.is_complete
    assert shown.past is past


def test_an_entry_that_was_marked_later_is_hidden_in_every_earlier_state() -> None:
    past = sensitive_past()
    assert text_of(past).count(NAMED) > 10

    shown = redact_past(past, HIDDEN)

    assert not shown.is_complete
    assert NAMED not in text_of(shown.past)
    assert "Ring the bank" in text_of(shown.past)
    assert [each.entry.id for each in shown.past.entries] == [e.entry.id for e in past.entries]


def test_a_search_and_a_chain_of_the_redacted_past_find_ids_and_no_words() -> None:
    past = redact_past(sensitive_past(), HIDDEN).past
    assert search_past(past, NAMED) == ()
    assert [each.text for each in search_past(past, "D1")] == [HIDDEN]
    assert NAMED not in msgspec.json.encode(find_chains(past, "D1")).decode()


def test_a_sensitive_item_hides_its_title_and_what_was_written_in_it() -> None:
    past = past_of_sensitive_item()
    assert text_of(past).count(NAMED) > 4

    shown = redact_past(past, HIDDEN).past

    assert NAMED not in text_of(shown)
    assert shown.meetings[0].items[0].title == HIDDEN


def test_an_entry_whose_mark_was_removed_is_hidden_only_where_it_had_it() -> None:
    library = MemoryLibrary()
    first = begin_meeting(library)
    made = first.add_action(f"Ask {NAMED}", due=date(2026, 12, 4))
    first.step(toggle_sensitivity, made.id)
    end_meeting(library, first)
    second = begin_meeting(library, ON + WEEK)
    second.step(toggle_sensitivity, made.id)
    second.step(actions.finish_action, made.id, "Asked")
    end_meeting(library, second)

    shown = redact_past(library.past(), HIDDEN).past

    assert [each.entry.text for each in shown.latest(ActionItem)] == [f"Ask {NAMED}"]
    history = entries_of_kind(shown.history, ActionItem)
    assert [each.entry.text for each in history] == [HIDDEN, f"Ask {NAMED}"]
