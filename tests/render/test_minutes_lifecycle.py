"""The minutes of a meeting that was handed over, closed late or reopened."""

import re
from datetime import timedelta

import pytest

from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.people import PersonId
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import decisions, lifecycle
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from tests.factories import MeetingHarness, agenda, carried

ENGLISH = Language()


@pytest.fixture
def harness() -> MeetingHarness:
    harness = MeetingHarness(agenda(), carried())
    harness.step(clock_rules.start_next_item)
    return harness


def test_an_uninterrupted_meeting_has_no_lifecycle_lines(harness):
    harness.close()
    minutes = render_minutes(harness.meeting, ENGLISH)
    words = ("Version", "## Left open\n", "Suspended", "Recorder:", "Closed later", "version:")
    assert not [each for each in words if each in minutes]


def test_an_interruption_over_midnight_has_its_days(harness):
    harness.step(lifecycle.suspend_meeting)
    harness.clock.advance(hours=24)
    harness.step(clock_rules.resume_meeting)
    assert "- Suspended: 10:00–Tue 24 Nov 10:01\n" in render_minutes(harness.meeting, ENGLISH)


def test_every_version_lists_its_changes_newest_first(harness):
    harness.close()
    for word in ("first", "second"):
        harness.step(lifecycle.reopen_meeting, f"The {word} slip", NextNumbers())
        harness.step(note_rules.take_note, f"A {word} note")
        harness.step(meeting_rules.close_meeting)
    minutes = render_minutes(harness.meeting, ENGLISH)
    third, second = minutes.split("\n## Version ")[1:]
    assert third.startswith("3\n")
    assert "The second slip" in third
    assert "- Note **N2** A second note · added" in third
    assert "first" not in third
    assert "- Note **N1** A first note · added" in second


def test_a_redacted_copy_does_not_reveal_an_older_version(harness):
    note = harness.step(note_rules.take_note, "Salaries rise").notes[0]
    harness.step(entry_rules.toggle_sensitivity, note.id)
    harness.close()
    harness.step(lifecycle.reopen_meeting, "Not for the minutes", NextNumbers())
    harness.step(note_rules.change_note, note.id, "")
    assert "Salaries" in render_minutes(harness.meeting, ENGLISH)
    copy = render_redacted_minutes(harness.meeting, ENGLISH)
    assert "- Note **N1** (sensitive, not shown in this copy) · removed" in copy
    assert "Salaries" not in copy


def test_the_minutes_name_everybody_who_recorded(harness):
    harness.step(lifecycle.change_recorder, PersonId("mei"))
    harness.clock.advance(seconds=timedelta(minutes=10).total_seconds())
    harness.step(lifecycle.change_recorder, PersonId("jun"))
    minutes = render_minutes(harness.meeting, ENGLISH)
    assert "- Recorder: Ana Ruiz, 陈梅 from 10:00, Jun Oka from 10:11\n" in minutes


def test_additions_days_after_the_close_have_their_day(harness):
    harness.close()
    harness.step(lifecycle.reopen_meeting, "Late news", NextNumbers())
    harness.clock.advance(hours=48)
    harness.step(note_rules.take_note, "The forwarder called")
    harness.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    minutes = render_minutes(harness.meeting, ENGLISH)
    assert re.search(r"^  - Wed 25 Nov 10:\d\d · The forwarder called$", minutes, re.MULTILINE)
    assert "decided by Lin Tao on Wed 25 Nov" in minutes
