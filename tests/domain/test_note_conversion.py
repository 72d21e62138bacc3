"""A note is converted to an action item, a question or a topic, and back."""

from collections.abc import Callable

import pytest

from facilitator.domain.action import ActionId
from facilitator.domain.errors import RuleError
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId
from facilitator.domain.rules import actions
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.rules.notes import ConversionTarget
from tests.factories import MeetingHarness, agenda, carried

N1 = NoteId("N1")


@pytest.fixture
def harness() -> MeetingHarness:
    harness = MeetingHarness(agenda(), carried())
    harness.step(note_rules.take_note, "Two shops ask\nfor a smaller box")
    return harness


TEXTS: dict[ConversionTarget, Callable[[Meeting], str]] = {
    ConversionTarget.ACTION: lambda meeting: meeting.actions[-1].title,
    ConversionTarget.DECISION: lambda meeting: meeting.decisions[-1].question,
    ConversionTarget.TOPIC: lambda meeting: meeting.topics[-1].text,
}


@pytest.mark.parametrize("into", ConversionTarget)
def test_a_note_is_converted_with_its_text_and_the_next_number(
    harness: MeetingHarness, into: ConversionTarget
) -> None:
    meeting = harness.step(note_rules.convert_note, N1, into)

    assert TEXTS[into](meeting) == "Two shops ask for a smaller box"
    note = meeting.note(N1)
    assert note is not None
    assert note.became in {
        meeting.actions[-1].id, meeting.decisions[-1].id, meeting.topics[-1].id
    }  # fmt: skip


@pytest.mark.parametrize("into", ConversionTarget)
def test_a_reverted_conversion_gives_the_note_back_but_not_the_number(
    harness: MeetingHarness, into: ConversionTarget
) -> None:
    before = harness.meeting
    turned = harness.step(note_rules.convert_note, N1, into)
    after = harness.step(note_rules.revert_note, N1)

    assert (after.actions, after.decisions) == (before.actions, before.decisions)
    assert (after.topics, after.notes) == (before.topics, before.notes)
    assert after.numbers == turned.numbers != before.numbers


def test_a_topic_has_the_item_in_which_its_note_was_taken(harness: MeetingHarness) -> None:
    harness.step(clock_rules.start_next_item)
    harness.step(note_rules.take_note, "A second shop")
    harness.step(clock_rules.start_next_item)
    assert harness.step(note_rules.convert_note, NoteId("N2"), ConversionTarget.TOPIC).topics[
        -1
    ].during == ("Opening question")


def test_a_note_can_be_converted_only_once(harness: MeetingHarness) -> None:
    harness.step(note_rules.convert_note, N1, ConversionTarget.TOPIC)

    with pytest.raises(RuleError, match="already become P2"):
        harness.step(note_rules.convert_note, N1, ConversionTarget.ACTION)


def test_a_settled_entry_cannot_be_reverted_to_a_note(harness: MeetingHarness) -> None:
    harness.step(note_rules.convert_note, N1, ConversionTarget.ACTION)
    harness.step(actions.finish_action, ActionId("A5"), "Mail sent")

    with pytest.raises(RuleError, match="already settled"):
        harness.step(note_rules.revert_note, N1)


def test_a_note_without_conversion_cannot_be_reverted(harness: MeetingHarness) -> None:
    with pytest.raises(RuleError, match="not become anything"):
        harness.step(note_rules.revert_note, N1)


def test_undo_reverts_a_conversion(harness: MeetingHarness) -> None:
    before = harness.meeting.actions
    harness.step(note_rules.convert_note, N1, ConversionTarget.ACTION)

    assert harness.undo().actions == before
