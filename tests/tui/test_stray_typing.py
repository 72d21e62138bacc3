"""A sentence typed where letters are commands is offered as a note; one key takes it back."""

import pytest
from textual.widgets import Input

from facilitator.domain.events.clock import MeetingPaused
from facilitator.tui import stray_typing
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.stray_typing import LONGEST_PAUSE, StrayTyping
from tests.tui.harness import MeetingUi


@pytest.fixture
def in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count keys as typed in one go, however slow the machine is."""
    monkeypatch.setattr(stray_typing, "LONGEST_PAUSE", 600.0)


@pytest.mark.usefixtures("in_one_go")
async def test_a_sentence_typed_over_a_list_is_offered_and_one_undo_takes_it_back(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        before = ui.meeting
        await ui.press("3", "down")
        await ui.press(*"price war in DE", "enter")
        assert isinstance(ui.app.screen, MeetingScreen)
        assert ui.announced[-1].startswith("Was that a note? “price war in DE” · t writes it down")
        assert isinstance(ui.session.last_step, MeetingPaused)

        await ui.press("u")
        assert ui.meeting.is_paused == before.is_paused
        assert ui.meeting.absent == before.absent
        assert ui.announced[-1] == "Undid: clock paused · U repeats it"


@pytest.mark.usefixtures("in_one_go")
async def test_the_sentence_can_be_written_down_as_a_note(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "down")
        await ui.press(*"price war in DE", "enter", "t")
        assert not ui.meeting.is_paused
        assert ui.screen.query_one("#note-text", Input).value == "price war in DE"
        await ui.press("enter")
        assert ui.meeting.notes[-1].text == "price war in DE"


@pytest.mark.usefixtures("in_one_go")
async def test_taking_a_sentence_back_repeats_the_steps_that_it_undid_and_touches_no_others(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("n", "plus", "escape")
        before, steps = ui.meeting, ui.session.step_count
        await ui.press(*"our supplier must answer")
        await ui.press("escape", "u")
        assert ui.session.step_count == steps
        assert ui.meeting.current == before.current


def typed(text: str, every: float) -> StrayTyping:
    typing = StrayTyping()
    for place, letter in enumerate(text):
        typing.add(letter, 100 + place * every, is_text=False)
    return typing


def test_commands_typed_one_at_a_time_or_over_and_over_are_no_sentence() -> None:
    assert typed("sales dropped", 0.1).is_sentence
    assert typed("降价", 0.1).is_sentence
    assert not typed("sales dropped", LONGEST_PAUSE + 0.1).is_sentence
    assert not typed("x x x x x x", 0.1).is_sentence
    assert not typed("nnpp++uu", 0.1).is_sentence


def test_text_for_a_form_that_a_command_has_opened_is_no_stray_sentence() -> None:
    typing = StrayTyping()
    typing.add("a", 0, is_text=False)
    for place, letter in enumerate("cut 12 bids today"):
        assert not typing.add(letter, 0.1 * place, is_text=True)


def test_the_digit_of_a_pane_is_no_part_of_the_figure_that_is_typed_after_it() -> None:
    typing = StrayTyping()
    typing.add("1", 100, is_text=False)
    for place, letter in enumerate("20 % is too much"):
        typing.add(letter, 100.4 + 0.1 * place, is_text=False)
    assert typing.sentence() == "20 % is too much"
    assert typed("120 % is too much", 0.1).sentence() == "120 % is too much"
    assert typed("1price war in DE", 0.1).sentence() == "price war in DE"


@pytest.mark.usefixtures("in_one_go")
async def test_an_offered_sentence_lapses_with_the_next_other_key(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "down")
        await ui.press(*"price war in DE", "escape", "down")
        assert not any("Was that a note?" in line for line in ui.announced)
        await ui.press("t", *"Zhao is ill", "enter")

        assert [note.text for note in ui.meeting.notes] == ["Zhao is ill"]
