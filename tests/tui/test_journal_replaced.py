"""A journal that another program replaces in mid-meeting is told, and put back by one key."""

from pathlib import Path

from facilitator.adapters.journal_reader import read_journal
from facilitator.domain.event_history import replay
from facilitator.tui.dialogs.questions import Confirm
from facilitator.tui.screens.meeting import MeetingScreen
from tests.environment import AppEnvironment
from tests.tui.harness import LobbyUi, press, wait_for_workers


def journal_file(environment: AppEnvironment) -> Path:
    (path,) = environment.folder.glob("*/journal.jsonl")
    return path


def put_older_copy_in_place(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))


def announced(screen: MeetingScreen) -> str:
    return str(screen.announcements.content)


async def test_a_replaced_journal_is_told_and_one_key_puts_it_back(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b")
        screen = lobby.meeting_screen
        await press(pilot, "t", *"Before", "enter", "escape")
        path = journal_file(environment)
        put_older_copy_in_place(path)
        await press(pilot, "t", *"After", "enter", "escape")

        assert "Another program changed the journal · J puts it back" in announced(screen)
        assert lobby.app.screen is screen  # nothing opened by itself
        await press(pilot, "J")
        assert isinstance(lobby.app.screen, Confirm)
        await press(pilot, "enter")

        assert "Another program" not in announced(screen)
        assert "The journal is whole again." in announced(screen)
        assert screen.meeting is not None
        assert [note.text for note in screen.meeting.notes] == ["Before", "After"]
        assert replay(read_journal(path).events) == screen.meeting


async def test_it_is_told_without_a_step_once_the_clock_is_saved(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b")
        screen = lobby.meeting_screen
        journal_file(environment).unlink()
        screen._session.tick()
        screen._show_files_changed_by_others()
        await wait_for_workers(pilot)

        assert "Another program changed the journal" in announced(screen)


async def test_j_does_nothing_while_the_journal_is_whole(environment: AppEnvironment) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b", "J")
        assert lobby.app.screen is lobby.meeting_screen


async def test_a_meeting_that_was_left_so_is_resumed_by_pressing_again(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b", "t", *"Before", "enter", "escape")
        path = journal_file(environment)
        put_older_copy_in_place(path)
        await press(pilot, "t", *"After", "enter", "escape", "z", "enter")
        await wait_for_workers(pilot)

        await press(pilot, "u")
        assert any("Another program replaced the journal" in line.detail for line in lobby.lines)
        await press(pilot, "u")
        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert [note.text for note in meeting.notes] == ["Before", "After"]
        assert len(list(path.parent.glob("*.recovered-*"))) == 0
