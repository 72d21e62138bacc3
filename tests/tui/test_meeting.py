"""The meeting screen: what the keys do to the meeting, and what is on the journal then."""

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
from facilitator.render.language import Language, speak
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.action_editor import ActionEditor
from facilitator.tui.dialogs.ruling import RulingDialog
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.agenda_list import AgendaList
from facilitator.tui.widgets.kpi_panel import KpiPanel
from facilitator.tui.widgets.status_line import ClockStrip
from facilitator.tui.widgets.timekeeper import Timekeeper
from tests.building import scorecard
from tests.tui.desks import DeskTop
from tests.tui.rooms import NARROW, WIDE, Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    top = DeskTop(tmp_path)
    return Room(top)


async def test_moving_on_starts_the_next_items_clock(room: Room) -> None:
    async with room.open():
        room.pass_time(240)
        await room.press("n")

        assert room.meeting.current == "kpis"
        assert room.meeting.items[0].spent.total_seconds() == 240


async def test_undo_gives_the_time_back_and_redo_takes_it_again(room: Room) -> None:
    async with room.open():
        await room.press("n", "u")
        assert room.meeting.current == "opening"

        await room.press("U")
        assert room.meeting.current == "kpis"


async def test_the_clock_passes_zero_and_says_so_with_a_sign(room: Room) -> None:
    async with room.open():
        room.pass_time(312)
        room.screen.query_one(ClockPane).look()
        await room.pilot.pause()

        timekeeper = room.screen.query_one(Timekeeper)
        assert timekeeper.face is not None
        assert timekeeper.face.digits == "+0:12"
        assert timekeeper.has_class("-over")


async def test_each_level_is_told_once_and_never_a_lower_one_later(room: Room) -> None:
    async with room.open():
        clock = room.screen.query_one(ClockPane)
        for seconds in (240, 60, 60, 6):
            room.pass_time(seconds)
            clock.look()
        await room.press("minus")
        clock.look()

        told = [notice for notice in room.notices if "Opening question" in notice]
        assert len(told) == 3
        assert "1:00 left" in told[0]


async def test_a_note_typed_the_moment_the_line_opens_loses_no_character(room: Room) -> None:
    async with room.open(NARROW):
        await room.pilot.press("t", *"竞品降价到 24.99", "enter")
        await room.pilot.pause()

        assert [note.text for note in room.meeting.notes] == ["竞品降价到 24.99"]
        assert room.screen.query_one("#note-text", Input).value == ""


async def test_what_was_typed_and_not_sent_is_there_after_a_crash(room: Room, tmp_path) -> None:
    async with room.open():
        await room.press("t")
        await room.write("half a thou")
        room.screen.query_one("NotesPanel").keep_now()  # type: ignore[attr-defined]
        await room.pilot.pause()

    top = DeskTop(tmp_path / "again")
    again = Room(top)
    again.session = MeetingSession.take_up(
        journal=room.journal,
        minutes=room.minutes,
        clock=room.clock,
        language_of=lambda _tag: Language(),
    )
    again.session.or_leave(again.session.go_on)
    again.journal = room.journal
    again.screen = MeetingScreen(top.desk, again.session)
    async with again.open():
        assert again.screen.query_one("#note-text", Input).value == "half a thou"


async def test_a_full_disk_leaves_meeting_and_text_where_they_stood(room: Room) -> None:
    async with room.open():
        await room.press("t")
        await room.write("keep me")
        room.journal.refuse(3)
        await room.press("enter")

        assert not room.meeting.notes
        assert room.screen.query_one("#note-text", Input).value == "keep me"
        assert any("disk" in notice for notice in room.notices)

        room.journal.refuse(0)
        await room.press("enter")
        assert [note.text for note in room.meeting.notes] == ["keep me"]


async def test_an_action_item_is_written_with_owner_date_in_words_and_criterion(
    room: Room,
) -> None:
    async with room.open():
        await room.pilot.press("a", *"Cut 12 bids", "enter", *"tom", "enter", *"fri", "enter")
        await room.pilot.press(*"ACoS < 25 %", "enter")
        await room.pilot.pause()

        action = room.meeting.actions[-1]
        assert (action.id, action.title, action.owner) == ("A5", "Cut 12 bids", PersonId("tom"))
        assert str(action.due) == "2026-11-27"
        assert action.criterion == "ACoS < 25 %"
        assert room.app.screen is room.screen


async def test_a_date_that_is_none_keeps_the_form_open_and_says_so(room: Room) -> None:
    async with room.open():
        await room.press("a")
        await room.write("Do it")
        await room.press("tab", "tab")
        await room.write("soonish")
        await room.press("ctrl+s")

        assert isinstance(room.app.screen, ActionEditor)
        assert any("soonish" in notice for notice in room.notices)
        assert len(room.meeting.actions) == 1


async def test_what_makes_an_action_vague_is_said_while_it_is_typed(room: Room) -> None:
    async with room.open():
        await room.press("a")
        await room.write("优化广告")

        hint = str(room.app.screen.query_one("#hint", Static).content)
        assert "ASIN" in hint


async def test_a_key_takes_the_fuller_sentence_and_the_next_letters_fill_its_blank(
    room: Room,
) -> None:
    async with room.open():
        await room.press("a")
        await room.write("Lower bids")
        await room.press("f9")

        title = room.app.screen.query_one("#title", Input)
        assert title.value == "Lower bids on [ASIN] by [amount]"
        await room.write("B0FAC00101")
        assert title.value == "Lower bids on B0FAC00101 by [amount]"


async def test_a_form_left_with_escape_comes_back_as_it_was(room: Room) -> None:
    async with room.open():
        await room.press("a")
        await room.write("Half written")
        await room.press("escape", "a")

        assert room.app.screen.query_one("#title", Input).value == "Half written"


async def test_one_key_takes_the_recommendation(room: Room) -> None:
    async with room.open():
        await room.press("2", "down", "y")

        ruling = room.meeting.decisions[1].ruling
        assert ruling is not None
        assert (ruling.option, ruling.decider) == (OptionId("A"), PersonId("boss"))
        assert ruling.rationale == "The rank fell two weeks running."


async def test_a_ruling_without_a_reason_stays_open_until_there_is_one(room: Room) -> None:
    async with room.open():
        await room.press("2", "enter", "b", "ctrl+s")
        assert isinstance(room.app.screen, RulingDialog)

        room.app.screen.query_one("#rationale", Input).value = "It costs too much."
        await room.press("ctrl+s")
        ruling = room.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.option, ruling.rationale) == (OptionId("B"), "It costs too much.")


async def test_a_question_is_put_off_to_a_day_in_words(room: Room) -> None:
    async with room.open():
        await room.press("2", "enter", "down", "down", "enter")
        room.app.screen.query_one("#until", Input).value = "下周五"
        room.app.screen.query_one("#rationale", Input).value = "No quote yet"
        await room.press("ctrl+s")

        ruling = room.meeting.decisions[0].ruling
        assert ruling is not None
        assert ruling.outcome is Outcome.POSTPONED
        assert str(ruling.until) == "2026-12-04"


async def test_a_new_question_gets_the_next_number(room: Room) -> None:
    async with room.open():
        await room.pilot.press(
            "f7", *"Sell in France?", "enter", "enter", *"Yes | $900 | 40 a week"
        )
        await room.pilot.press("enter", *"No", "ctrl+s")
        await room.pilot.pause()

        new = room.meeting.decisions[-1]
        assert (new.id, new.question) == ("D5", "Sell in France?")
        assert [(each.title, each.cost) for each in new.options] == [("Yes", "$900"), ("No", "")]


async def test_an_open_action_is_reviewed_done_or_carried(room: Room) -> None:
    async with room.open():
        await room.press("3", "w")
        await room.write("Two pictures missing | fri")
        await room.press("enter")
        action = room.meeting.actions[0]
        assert (action.review_note, str(action.due)) == ("Two pictures missing", "2026-11-27")
        assert str(action.first_due) == "2026-11-20"

        await room.press("x")
        await room.write("shared drive")
        await room.press("enter")
        assert room.meeting.actions[0].status is ActionStatus.DONE
        assert room.meeting.actions[0].evidence == "shared drive"


async def test_keys_tell_that_work_began_is_blocked_and_is_taken(room: Room) -> None:
    async with room.open():
        await room.press("3", "s", "y")
        action = room.meeting.actions[0]
        assert (action.status, action.is_taken) == (ActionStatus.IN_PROGRESS, True)

        await room.press("h")
        await room.write("No camera")
        await room.press("enter")
        assert room.meeting.actions[0].blocked_by == "No camera"


async def test_one_key_turns_a_note_into_a_question_a_topic_or_an_action_and_another_back(
    room: Room,
) -> None:
    async with room.open():
        await room.press("t")
        await room.write("Smaller box")
        await room.press("enter", "escape", "4")
        await room.press("d")
        assert room.meeting.decisions[-1].question == "Smaller box"
        await room.press("o", "k")
        assert room.meeting.decisions[-1].question != "Smaller box"
        assert room.meeting.topics[-1].text == "Smaller box"
        await room.press("o", "a")
        assert isinstance(room.app.screen, ActionEditor)
        assert room.meeting.actions[-1].title == "Smaller box"


async def test_a_topic_is_parked_and_an_old_one_settled(room: Room) -> None:
    async with room.open():
        await room.press("k")
        await room.write("New bottle")
        await room.press("enter", "enter", "5", "up", "x")

        assert [topic.text for topic in room.meeting.topics] == ["A second warehouse", "New bottle"]
        assert room.meeting.topics[0].status is TopicStatus.SETTLED


async def test_the_roll_is_called_and_the_absent_cost_nothing(room: Room) -> None:
    async with room.open():
        await room.press("r", "space", "enter")

        assert room.meeting.absent == (PersonId("mei"),)
        assert room.meeting.unread == ()


async def test_the_opening_question_keeps_its_answer(room: Room) -> None:
    async with room.open():
        await room.press("g")
        await room.write("Cash first")
        await room.press("enter")

        assert room.meeting.focus == "Cash first"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_pane_is_a_key_away(room: Room, size: tuple[int, int]) -> None:
    async with room.open(size):
        for place, name in enumerate(
            ("agenda", "kpis", "decisions", "actions", "notes", "parking")
        ):
            await room.press(str(place))

            focused = room.screen.focused
            assert focused is not None
            assert focused in room.screen.query_one(f"#{name}").query("*")
            assert focused.region.area > 0


async def test_a_small_terminal_has_the_clock_in_one_line(room: Room) -> None:
    async with room.open(NARROW):
        strip = room.screen.query_one(ClockStrip)

        assert strip.region.height == 1
        assert "1/6" in str(strip.query_one(".title", Static).content)


async def test_a_mouse_reaches_an_item(room: Room) -> None:
    async with room.open():
        await room.pilot.click(AgendaList, offset=(5, 3))
        await room.pilot.pause()

        assert room.meeting.current == "ads"


async def test_function_keys_act_while_something_is_typed(room: Room) -> None:
    async with room.open():
        await room.press("t")
        await room.write("n and p are letters here")
        await room.press("f2", "f3")

        assert room.meeting.current == "kpis"
        assert room.meeting.is_paused
        assert room.screen.query_one("#note-text", Input).value == "n and p are letters here"


async def test_markup_in_peoples_text_is_only_text(room: Room) -> None:
    hostile = "[red]x[/red] [@click=app.quit]y[/] ]["
    async with room.open():
        await room.press("t")
        room.screen.query_one("#note-text", Input).value = hostile
        await room.press("enter")
        await room.press("escape")
        await room.press("k")
        (await room.dialog()).query_one("#text", Input).value = hostile
        await room.press("ctrl+s")
        await room.press("a")
        (await room.dialog()).query_one("#title", Input).value = hostile
        await room.press("ctrl+s")
        await room.press("3", "enter")
        assert (await room.dialog()).query_one("#title", Input).value == hostile
        await room.press("escape")
        await room.press("m")

        assert room.meeting.notes[0].text == hostile
        assert room.meeting.topics[-1].text == hostile


async def test_the_minutes_follow_each_step(room: Room) -> None:
    async with room.open():
        await room.press("t")
        await room.write("In the minutes")
        await room.press("enter")
        await room.pilot.pause(0.6)
        await room.app.workers.wait_for_complete()

        assert "In the minutes" in room.minutes.text
        assert all(worker.state is not WorkerState.ERROR for worker in room.app.workers)


async def test_the_meeting_begins_before_its_figures_are_there(room: Room) -> None:
    room.screen = MeetingScreen(room.screen._desk, room.session)
    async with room.open():
        assert "being read" in str(room.screen.query_one("#kpi-news", Static).content)

        room.screen.take_figures(scorecard())
        await room.pilot.pause()
        assert room.screen.query_one(KpiPanel).row_count == 2


async def test_the_help_says_the_keys_in_the_language_spoken(room: Room) -> None:
    speak(load_language("zh_CN"))
    try:
        async with room.open():
            labels = {active.binding.description for active in room.screen.active_bindings.values()}
    finally:
        speak(Language())

    assert {"下一项", "光标下移", "撤销"} <= labels


async def test_all_lines_that_are_pasted_are_kept(room: Room) -> None:
    async with room.open():
        await room.press("t")
        room.screen.query_one("#note-text", Input).post_message(Paste("first\n  second\n\nthird"))
        await room.press("enter")

        assert [note.text for note in room.meeting.notes] == ["first second third"]
