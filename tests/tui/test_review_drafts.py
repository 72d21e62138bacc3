"""The review lists what was typed but not saved, and leads to the form, a note, or the bin."""

import pytest

from facilitator.domain.action import ActionId
from facilitator.domain.decision import DecisionId, Outcome
from facilitator.domain.rules import actions, decisions, notes
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.tui.dialogs.action_forms import ActionEditor, CarryOverForm
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.form import Form
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.lost_time import LostTimeForm, ParkTopicForm
from facilitator.tui.dialogs.position_round import PositionRound
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.dialogs.risk_dialogs import RiskBoard
from facilitator.tui.dialogs.ruling_dialog import RulingDialog
from facilitator.tui.screens.review import OpenPointList, ReviewScreen
from tests.tui.harness import MeetingUi, wait_for_workers


async def open_review(ui: MeetingUi) -> OpenPointList:
    await ui.press("q")
    await wait_for_workers(ui.pilot)
    assert isinstance(ui.app.screen, ReviewScreen)
    return ui.app.screen.query_one(OpenPointList)


def lines(ui: MeetingUi) -> list[str]:
    return [each.text for each in ui.app.screen.query_one(OpenPointList).lines]


async def test_a_form_left_with_text_stands_first_and_enter_opens_it_again(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a")
        await ui.write("Sell the old fountains")
        await ui.press("escape")
        listed = await open_review(ui)

        assert listed.lines[0].mark == "✗ "
        assert lines(ui)[0] == ("Action item: “Sell the old fountains” was typed, but not saved.")
        await ui.press("enter")
        assert isinstance(ui.app.screen, ActionEditor)


async def test_what_was_typed_is_kept_as_a_note(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(
            meeting_rules.save_draft, "topic:new", (("text", "The new office"), ("minutes", "5"))
        )
        await open_review(ui)
        await ui.press("n")

        assert ui.meeting.notes[-1].text == "The new office · 5"
        assert not ui.meeting.drafts
        assert not any("The new office" in line for line in lines(ui))


async def test_what_was_typed_is_discarded_after_a_question(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("half a note")
        await ui.press("escape")
        await open_review(ui)
        assert lines(ui)[0].startswith("Note: “half a note”")

        await ui.press("delete")
        assert ui.meeting.drafts
        await ui.press("enter")
        assert not ui.meeting.drafts
        await ui.press("escape")
        assert not ui.meeting.drafts  # nor does the line of the notes save it again


async def test_text_that_was_not_saved_is_never_left_open(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(meeting_rules.save_draft, "topic:new", (("text", "The new office"),))
        await open_review(ui)
        await ui.press("o")
        assert isinstance(ui.app.screen, ReviewScreen)

        await ui.press("O", *"Late", "enter")
        assert ui.app.screen.query_one(OpenPointList).lines[0].mark == "✗ "
        await ui.press("x", "enter")
        assert not ui.meeting.is_closed


async def test_a_text_that_was_erased_again_is_no_draft(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a", "x")
        form = await ui.dialog()
        form.save_draft_now()
        assert ui.meeting.drafts
        await ui.press("backspace", "escape")

        assert not ui.meeting.drafts


@pytest.mark.parametrize(
    ("form", "dialog"),
    [
        ("action:new", ActionEditor),
        ("action:A4", ActionEditor),
        ("action:D2", ActionEditor),
        ("action:acos:ALL", ActionEditor),
        ("answer:acos:ALL", KpiAnswerDialog),
        ("answer:acos:US:alone", KpiAnswerDialog),
        ("pass:acos:ALL", TextEntry),
        ("decision:new", DecisionEditor),
        ("decision:D2", DecisionEditor),
        ("decision:acos:ALL", DecisionEditor),
        ("ruling:D2", RulingDialog),
        ("objection:D2:tom", PositionRound),
        ("carried:A4", CarryOverForm),
        ("blocked:A4", TextEntry),
        ("done:A4", TextEntry),
        ("focus", TextEntry),
        ("note", TextEntry),
        ("topic:new", ParkTopicForm),
        ("waste", LostTimeForm),
        ("risk:new", RiskBoard),
        ("incident:new", Form),
    ],
)
async def test_enter_opens_each_kind_of_form(ui: MeetingUi, form: str, dialog: type) -> None:
    ui.session.step(meeting_rules.save_draft, form, (("text", "Half a sentence"),))
    async with ui.open():
        await open_review(ui)
        await ui.press("enter")

        assert isinstance(ui.app.screen, dialog)


async def test_an_action_item_begun_from_a_note_begins_with_the_note(ui: MeetingUi) -> None:
    note = ui.session.step(notes.take_note, "Ask for a quote").notes[-1]
    ui.session.step(meeting_rules.save_draft, f"action:{note.id}", (("criterion", "Three"),))
    async with ui.open():
        await open_review(ui)
        await ui.press("enter")

        form = await ui.dialog()
        assert isinstance(form, ActionEditor)
        assert dict(form.texts()) | {"title": "Ask for a quote", "criterion": "Three"} == dict(
            form.texts()
        )


async def test_a_draft_of_a_form_that_is_not_known_opens_nothing(ui: MeetingUi) -> None:
    ui.session.step(meeting_rules.save_draft, "taken:A4", (("text", "Half a sentence"),))
    async with ui.open():
        await open_review(ui)
        await ui.press("enter")

        assert isinstance(ui.app.screen, ReviewScreen)
        action = ui.meeting.action(ActionId("A4"))
        assert action is not None
        assert not action.is_taken


async def test_the_lines_of_a_note_stay_lines_when_its_draft_is_kept(ui: MeetingUi) -> None:
    ui.session.step(meeting_rules.save_draft, "note", (("text", "one↵two"),))
    async with ui.open():
        await open_review(ui)
        await ui.press("n")

        assert ui.meeting.notes[-1].text == "one\ntwo"


async def test_a_flaw_is_mended_by_one_key_on_its_line(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(actions.finish_action, ActionId("A4"))
        listed = await open_review(ui)
        listed.highlighted = next(
            place for place, line in enumerate(listed.lines) if line.id == "action:A4:evidence"
        )
        await ui.press("enter", *"ACoS 24 %", "enter")

        action = ui.meeting.action(ActionId("A4"))
        assert action is not None
        assert action.evidence == "ACoS 24 %"
        assert "action:A4:evidence" not in [line.id for line in listed.lines]


async def test_a_ruling_without_an_action_item_leads_to_a_new_one(ui: MeetingUi) -> None:
    async with ui.open():
        decision = ui.meeting.open_decisions[0]
        option = decision.options[0].id
        ui.session.step(decisions.choose_option, decision.id, option, "Cheaper")
        key = f"decision:{decision.id}:action"
        listed = await open_review(ui)
        listed.highlighted = [line.id for line in listed.lines].index(key)
        await ui.press("enter")

        assert isinstance(ui.app.screen, ActionEditor)
        ruling = getattr(ui.meeting.decision(DecisionId(decision.id)), "ruling", None)
        assert ruling is not None
        assert ruling.outcome is Outcome.CHOSEN
