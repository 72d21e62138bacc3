"""The meeting screen: the effect of keys on the meeting and its journal."""

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, Static
from textual.worker import WorkerState

from facilitator.adapters.catalogs import load_language
from facilitator.domain.action import ActionStatus
from facilitator.domain.decision import OptionId, Outcome
from facilitator.domain.note import TopicStatus
from facilitator.domain.people import PersonId
from facilitator.render.language import Language, set_language
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.action_forms import ActionEditor
from facilitator.tui.dialogs.ruling_dialog import RulingDialog
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.agenda_list import AgendaList
from facilitator.tui.widgets.kpi_panel import KpiPanel
from facilitator.tui.widgets.status_line import ClockStrip
from facilitator.tui.widgets.timekeeper import Timekeeper
from tests.environment import AppEnvironment
from tests.factories import scorecard
from tests.tui.harness import NARROW, WIDE, MeetingUi, fill_form, wait_until


@pytest.fixture
def ui(tmp_path: Path) -> MeetingUi:
    environment = AppEnvironment(tmp_path)
    return MeetingUi(environment)


async def test_starting_the_next_item_starts_its_clock(ui: MeetingUi) -> None:
    async with ui.open():
        ui.pass_time(240)
        await ui.press("n")

        assert ui.meeting.current == "kpis"
        assert ui.meeting.items[0].spent.total_seconds() == 240


async def test_undo_gives_the_time_back_and_redo_takes_it_again(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("n", "u")
        assert ui.meeting.current == "opening"

        await ui.press("U")
        assert ui.meeting.current == "kpis"


async def test_the_clock_passes_zero_and_says_so_with_a_sign(ui: MeetingUi) -> None:
    async with ui.open():
        ui.pass_time(312)
        ui.screen.query_one(ClockPane).refresh_view()
        await ui.pilot.pause()

        timekeeper = ui.screen.query_one(Timekeeper)
        assert timekeeper.face is not None
        assert timekeeper.face.digits == "+0:12"
        assert timekeeper.has_class("-over")


async def test_each_level_is_notified_once_and_never_a_lower_one_later(ui: MeetingUi) -> None:
    async with ui.open():
        clock = ui.screen.query_one(ClockPane)
        for seconds in (240, 60, 60, 6):
            ui.pass_time(seconds)
            clock.refresh_view()
        await ui.press("minus")
        clock.refresh_view()

        notices = [notice for notice in ui.notices if "Opening question" in notice]
        assert len(notices) == 3
        assert "1:00 left" in notices[0]


async def test_a_note_typed_right_after_its_key_loses_no_character(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.pilot.press("t", *"竞品降价到 24.99", "enter")
        await ui.pilot.pause()

        assert [note.text for note in ui.meeting.notes] == ["竞品降价到 24.99"]
        assert ui.screen.query_one("#note-text", Input).value == ""


async def test_unsubmitted_text_is_restored_after_a_crash(ui: MeetingUi, tmp_path) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("half a thou")
        ui.screen.query_one("NotesPanel").save_draft_now()  # type: ignore[attr-defined]
        await ui.pilot.pause()

    environment = AppEnvironment(tmp_path / "again")
    again = MeetingUi(environment)
    again.session = MeetingSession.open_existing(
        journal=ui.journal,
        minutes=ui.minutes,
        clock=ui.clock,
        language_of=lambda _tag: Language(),
    )
    again.session.close_on_error(again.session.resume_clock)
    again.journal = ui.journal
    again.screen = MeetingScreen(environment.services, again.session)
    async with again.open():
        assert again.screen.query_one("#note-text", Input).value == "half a thou"


async def test_a_full_disk_keeps_the_meeting_and_the_text(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("keep me")
        ui.journal.refuse(3)
        await ui.press("enter")

        assert not ui.meeting.notes
        assert ui.screen.query_one("#note-text", Input).value == "keep me"
        assert any("disk" in notice for notice in ui.notices)

        ui.journal.refuse(0)
        await ui.press("enter")
        assert [note.text for note in ui.meeting.notes] == ["keep me"]


async def test_an_action_item_is_entered_with_owner_date_in_words_and_criterion(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.pilot.press("a", *"Cut 12 bids", "enter", *"tom", "enter", *"fri", "enter")
        await ui.pilot.press(*"ACoS < 25 %", "enter")
        await ui.pilot.pause()

        action = ui.meeting.actions[-1]
        assert (action.id, action.title, action.owner) == ("A5", "Cut 12 bids", PersonId("tom"))
        assert str(action.due) == "2026-11-27"
        assert action.criterion == "ACoS < 25 %"
        assert ui.app.screen is ui.screen


async def test_an_invalid_date_keeps_the_form_open_with_a_message(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a")
        await ui.write("Do it")
        await ui.press("tab", "tab")
        await ui.write("soonish")
        await ui.press("ctrl+s")

        assert isinstance(ui.app.screen, ActionEditor)
        assert any("soonish" in notice for notice in ui.notices)
        assert len(ui.meeting.actions) == 1


async def test_wording_hints_appear_while_typing(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a")
        await ui.write("优化广告")

        hint = str(ui.app.screen.query_one("#hint", Static).content)
        assert "ASIN" in hint


async def test_a_key_accepts_a_suggestion_and_typing_fills_its_blank(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("a")
        await ui.write("Lower bids")
        await ui.press("f9")

        title = ui.app.screen.query_one("#title", Input)
        assert title.value == "Lower bids on [ASIN] by [amount]"
        await ui.write("B0FAC00101")
        assert title.value == "Lower bids on B0FAC00101 by [amount]"


async def test_one_key_accepts_the_recommendation(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "down", "y")

        ruling = ui.meeting.decisions[1].ruling
        assert ruling is not None
        assert (ruling.option, ruling.decider) == (OptionId("A"), PersonId("boss"))
        assert ruling.rationale == "The rank fell two weeks running."


async def test_a_ruling_needs_a_reason(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", "down", "ctrl+s")
        assert isinstance(ui.app.screen, RulingDialog)

        ui.app.screen.query_one("#rationale", Input).value = "It costs too much."
        await ui.press("ctrl+s")
        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.option, ruling.rationale) == (OptionId("B"), "It costs too much.")


async def test_a_decision_is_postponed_to_a_date_in_words(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", "down", "down", "enter")
        ui.app.screen.query_one("#until", Input).value = "下周五"
        ui.app.screen.query_one("#rationale", Input).value = "No quote yet"
        await ui.press("ctrl+s")

        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert ruling.outcome is Outcome.POSTPONED
        assert str(ruling.until) == "2026-12-04"


async def test_a_new_decision_gets_the_next_number(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.pilot.press("f7", *"Sell in France?", "enter", "enter", *"Yes | $900 | 40 a week")
        await ui.pilot.press("enter", *"No", "ctrl+s")
        await ui.pilot.pause()

        new = ui.meeting.decisions[-1]
        assert (new.id, new.question) == ("D5", "Sell in France?")
        assert [(each.title, each.cost) for each in new.options] == [("Yes", "$900"), ("No", "")]


async def test_an_open_action_item_is_closed_or_kept_open(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "w")
        await ui.press(*"Two pictures missing", "tab", *"fri", "enter")
        action = ui.meeting.actions[0]
        assert (action.review_note, str(action.due)) == ("Two pictures missing", "2026-11-27")
        assert str(action.first_due) == "2026-11-20"

        await ui.press("x", "enter")
        warning = str((await ui.dialog()).query_one("#hint", Static).content)
        assert warning == "! Nothing shows it. Enter once more: done, nothing shown."
        await ui.press("enter")
        assert ui.meeting.actions[0].is_done_without_evidence

        await ui.press("u", "x")
        await ui.write("shared drive")
        await ui.press("enter")
        assert ui.meeting.actions[0].status is ActionStatus.DONE
        assert ui.meeting.actions[0].evidence == "shared drive"


async def test_keys_mark_an_action_item_in_progress_blocked_and_accepted(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "s", "y")
        action = ui.meeting.actions[0]
        assert (action.status, action.is_taken) == (ActionStatus.IN_PROGRESS, True)

        await ui.press("h")
        await ui.write("No camera")
        await ui.press("enter")
        assert ui.meeting.actions[0].blocked_by == "No camera"


async def test_one_key_converts_a_note_and_another_reverts_it(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("Smaller box")
        await ui.press("enter", "escape", "4")
        await ui.press("D")
        assert ui.meeting.decisions[-1].question == "Smaller box"
        assert ui.announced[-1] == "note became D5 · u undoes"
        await ui.press("o", "K")
        assert ui.meeting.decisions[-1].question != "Smaller box"
        assert ui.meeting.topics[-1].text == "Smaller box"
        await ui.press("o", "A")
        assert isinstance(ui.app.screen, ActionEditor)
        assert ui.meeting.notes[-1].became == ""
        fill_form(ui, owner="tom")
        await ui.press("ctrl+s")
        action = ui.meeting.actions[-1]
        assert (action.title, action.owner) == ("Smaller box", PersonId("tom"))
        assert ui.meeting.notes[-1].became == action.id


async def test_a_topic_is_parked_and_a_carried_over_one_settled(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("k")
        await ui.write("New bottle")
        await ui.press("enter", "enter", "5", "up", "x")

        assert [topic.text for topic in ui.meeting.topics] == ["A second warehouse", "New bottle"]
        assert ui.meeting.topics[0].status is TopicStatus.SETTLED


async def test_absent_people_cost_nothing(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("r", "space", "enter")

        assert ui.meeting.absent == (PersonId("mei"),)
        assert ui.meeting.unread == ()


async def test_the_answer_to_the_opening_question_is_kept(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("g")
        await ui.write("Cash first")
        await ui.press("enter")

        assert ui.meeting.focus == "Cash first"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_pane_has_a_key(ui: MeetingUi, size: tuple[int, int]) -> None:
    async with ui.open(size):
        for place, name in enumerate(
            ("agenda", "kpis", "decisions", "actions", "notes", "parking")
        ):
            await ui.press(str(place))

            focused = ui.screen.focused
            assert focused is not None
            assert focused in ui.screen.query_one(f"#{name}").query("*")
            assert focused.region.area > 0


async def test_a_small_terminal_shows_the_clock_in_one_line(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        strip = ui.screen.query_one(ClockStrip)

        assert strip.region.height == 1
        assert "1/6" in str(strip.query_one(".title", Static).content)


async def test_a_click_selects_an_item(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.pilot.click(AgendaList, offset=(5, 3))
        await ui.pilot.pause()

        assert ui.meeting.current == "ads"


async def test_function_keys_work_while_typing(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("n and p are letters here")
        await ui.press("f2", "f3")

        assert ui.meeting.current == "kpis"
        assert ui.meeting.is_paused
        assert ui.screen.query_one("#note-text", Input).value == "n and p are letters here"


async def test_markup_in_typed_text_is_shown_as_text(ui: MeetingUi) -> None:
    hostile = "[red]x[/red] [@click=app.quit]y[/] ]["
    async with ui.open():
        await ui.press("t")
        ui.screen.query_one("#note-text", Input).value = hostile
        await ui.press("enter")
        await ui.press("escape")
        await ui.press("k")
        (await ui.dialog()).query_one("#text", Input).value = hostile
        await ui.press("ctrl+s")
        await ui.press("a")
        (await ui.dialog()).query_one("#title", Input).value = hostile
        await ui.press("ctrl+s")
        await ui.press("3", "enter")
        assert (await ui.dialog()).query_one("#title", Input).value == hostile
        await ui.press("escape")
        await ui.press("m")

        assert ui.meeting.notes[0].text == hostile
        assert ui.meeting.topics[-1].text == hostile


async def test_the_minutes_follow_each_step(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("In the minutes")
        await ui.press("enter")
        await wait_until(ui.pilot, lambda: "In the minutes" in ui.minutes.text)
        await ui.app.workers.wait_for_complete()

        assert "In the minutes" in ui.minutes.text
        assert all(worker.state is not WorkerState.ERROR for worker in ui.app.workers)


async def test_the_meeting_begins_before_its_figures_are_there(ui: MeetingUi) -> None:
    ui.screen = MeetingScreen(ui.environment.services, ui.session)
    async with ui.open():
        assert "being read" in str(ui.screen.query_one("#kpi-news", Static).content)

        ui.screen.load_kpis(scorecard())
        await ui.pilot.pause()
        assert ui.screen.query_one(KpiPanel).row_count == 2


async def test_the_help_lists_the_keys_in_the_current_language(ui: MeetingUi) -> None:
    set_language(load_language("zh_CN"))
    try:
        async with ui.open():
            labels = {active.binding.description for active in ui.screen.active_bindings.values()}
    finally:
        set_language(Language())

    assert {"下一项", "光标下移", "撤销"} <= labels


async def test_all_pasted_lines_of_a_note_stay_lines(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        ui.screen.query_one("#note-text", Input).post_message(Paste("first\n  second\n\nthird"))
        await ui.press("enter")

        assert [note.text for note in ui.meeting.notes] == ["first\nsecond\nthird"]
