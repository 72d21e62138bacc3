"""Suspending, resuming, reopening and closing late, on the screens."""

from pathlib import Path

from textual.widgets import Input, Static

from facilitator.domain.rules import notes as note_rules
from facilitator.tui.dialogs.hand_over import HandOverDialog
from facilitator.tui.dialogs.questions import Confirm, TextEntry
from tests.environment import AppEnvironment
from tests.factories import action_draft, agenda, carried
from tests.tui.harness import NARROW, LobbyUi, press, wait_for_workers, wait_until


async def test_a_suspended_meeting_returns_to_the_lobby_and_can_be_resumed(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await press(pilot, "b")
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(lobby.app.screen, Confirm)
        await press(pilot, "enter")

        assert lobby.text("notice") == "The meeting is suspended. Press u to continue."
        assert lobby.app.screen.focused is None  # Enter begins no other
        resume = lobby.button("resume")
        assert str(resume.label) == "Resume (suspended at 10:00)"
        environment.clock.advance(minutes=45)
        await press(pilot, "u")
        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert [gap.is_suspension for gap in meeting.interruptions] == [True]


async def test_a_forgotten_meeting_is_closed_from_the_lobby_and_the_next_one_can_begin(
    environment: AppEnvironment,
) -> None:
    session = environment.services.begin(agenda(), carried())
    environment.clock.advance(minutes=1)
    session.step(note_rules.take_note, "Cold")
    session.leave()
    environment.clock.advance(hours=24 * 7)
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(lobby.app.screen, Confirm)
        text = str(lobby.app.screen.query_one(".window Static", Static).content)
        assert "Started: Mon 23 Nov 10:00\nLast step: Mon 23 Nov 10:01" in text
        assert "questions 3, " in text
        await press(pilot, "enter")

        assert "The meeting is closed." in lobby.text("notice")
        await press(pilot, "b")
        assert lobby.meeting_screen.meeting is not None


async def test_a_recently_active_meeting_cannot_be_closed_from_the_lobby(
    environment: AppEnvironment,
) -> None:
    environment.services.begin(agenda(), carried()).leave()
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert lobby.app.screen is lobby.screen
        (notice,) = [each.message for each in lobby.app._notifications]
        assert "less than two hours ago" in notice
        await press(pilot, "u")
        assert lobby.meeting_screen.meeting is not None


async def test_the_recorder_is_changed_here_or_for_another_terminal(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await press(pilot, "b")
        await pilot.press("H")
        await pilot.pause()
        assert isinstance(lobby.app.screen, HandOverDialog)
        await pilot.press("enter")
        await pilot.pause()
        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert meeting.recorder == agenda().people[0]
        notices = [each.message for each in lobby.app._notifications]
        assert notices[-1] == f"The recorder is {agenda().people[0].name}."

        await pilot.press("H")
        await pilot.pause()
        await press(pilot, "down", "l")
        assert isinstance(lobby.app.screen, HandOverDialog)
        await press(pilot, "enter")
        assert lobby.text("notice").startswith("Ana Ruiz is now the recorder")
        environment.clock.advance(minutes=2)
        await press(pilot, "u")
        assert lobby.meeting_screen.meeting is not None
        assert lobby.meeting_screen.meeting.interruptions == ()


async def test_a_meeting_reopened_in_the_history_can_be_resumed_in_the_lobby(
    environment: AppEnvironment, tmp_path: Path
) -> None:
    AppEnvironment(tmp_path).hold_meeting(action_draft())
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "h")
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(lobby.app.screen, TextEntry)
        lobby.app.screen.query_one(Input).value = "The date was wrong"
        await press(pilot, "enter")

        screen = lobby.meeting_screen
        assert screen.meeting is not None
        assert screen.meeting.is_reopened
        await pilot.press("n")
        await pilot.pause()
        assert "but not the clock" in [each.message for each in lobby.app._notifications][-1]
        screen.dismiss(result=False)
        await wait_for_workers(pilot)
        await press(pilot, "escape")
        await wait_until(pilot, lambda: lobby.button("resume").display)
        label = str(lobby.button("resume").label)
        assert label == "Change the meeting of 10:00"
        assert "c" not in lobby.app.screen.active_bindings  # it was never forgotten


async def test_an_open_meeting_cannot_be_reopened_and_no_reason_is_asked_for(
    environment: AppEnvironment,
) -> None:
    environment.services.begin(agenda(), carried()).leave()
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await press(pilot, "h")
        await pilot.press("o")
        await pilot.pause()
        assert not isinstance(lobby.app.screen, TextEntry)
        assert "Resume it" in [each.message for each in lobby.app._notifications][-1]
        environment.services.resume(environment.services.resumable()[0].id).leave()
