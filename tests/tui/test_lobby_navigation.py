"""From the lobby and back: begin, rehearse, resume, close."""

import gc
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.agenda import DataPlan, ReportSlot
from facilitator.domain.carry_over import Override
from facilitator.domain.kpis.kpi import SignalRules
from facilitator.domain.kpis.signals import add_signals
from facilitator.session.stored_meetings import MeetingId
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.widgets.entry_list import EntryList
from tests.environment import AppEnvironment, prepared_agenda
from tests.factories import agenda, carried, scorecard
from tests.tui.harness import NARROW, LobbyUi, press, wait_for_workers

WITH_REPORTS = replace(
    agenda(), data=DataPlan(reports=(ReportSlot(kind="search-term"), ReportSlot(kind="business")))
)
FIGURES = add_signals(scorecard(), SignalRules(), ())
"""With signals, as the services return it."""


async def begin_and_leave(environment: AppEnvironment) -> MeetingId:
    """Begin a meeting and leave it open."""
    session = environment.services.begin(agenda(), carried())
    session.leave()
    assert session.meeting_id is not None
    return session.meeting_id


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the notices of the lobby."""
    sentences: list[str] = []
    monkeypatch.setattr(LobbyScreen, "notify", lambda _self, text, **_how: sentences.append(text))
    return sentences


async def test_begin_opens_the_meeting_with_its_figures_and_its_journal(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "enter")

        assert lobby.meeting_screen.meeting is not None
        assert lobby.meeting_screen.meeting.scorecard == FIGURES
    assert (environment.folder / "2026-11-23-weekly" / "journal.jsonl").is_file()


async def test_a_meeting_begun_before_the_figures_are_read_gets_them_when_they_are(
    environment: AppEnvironment,
) -> None:
    environment.scorecard_loader.block()
    lobby = LobbyUi(environment)
    async with lobby.app.run_test(size=(120, 40)) as pilot:
        await environment.scorecard_loader.wait_for_progress()
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        screen = lobby.meeting_screen
        assert screen.meeting is not None
        assert screen.meeting.scorecard is None

        environment.scorecard_loader.unblock()
        await wait_for_workers(pilot)
        assert screen.meeting.scorecard == FIGURES


async def test_beginning_without_a_report_records_a_reason(tmp_path: Path) -> None:
    lobby = LobbyUi(AppEnvironment(tmp_path, prepared_agenda(WITH_REPORTS)))
    async with lobby.open() as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(lobby.app.screen, TextEntry)
        lobby.app.screen.query_one(Input).value = "The export comes at noon"
        await press(pilot, "enter")

        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert meeting.overrides == (
            Override(
                subject="Business Report: missing: put the export into the data folder",
                reason="The export comes at noon",
            ),
        )


async def test_without_a_reason_the_meeting_does_not_begin(tmp_path: Path) -> None:
    lobby = LobbyUi(AppEnvironment(tmp_path, prepared_agenda(WITH_REPORTS)))
    async with lobby.open() as pilot:
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert lobby.app.screen.query_one(Input).has_focus

        await press(pilot, "escape")
        assert lobby.app.screen is lobby.screen
    assert list(tmp_path.glob("*/journal.jsonl")) == []


async def test_a_rehearsal_writes_nothing(environment: AppEnvironment) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "e")
        lobby.meeting_screen.dismiss(result=False)
        await wait_for_workers(pilot)

        assert lobby.text("notice") == "That was a rehearsal. Nothing was saved."
    assert list(environment.folder.glob("*/journal.jsonl")) == []


async def test_an_open_meeting_of_today_is_offered_first(environment: AppEnvironment) -> None:
    await begin_and_leave(environment)
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        resume = lobby.button("resume")
        assert str(resume.label) == "Resume the meeting of 10:00"
        assert lobby.app.focused is resume
        await press(pilot, "enter")
        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert meeting.carried_actions == ("A4",)
        assert meeting.scorecard == FIGURES


async def test_a_meeting_of_another_day_is_offered_with_its_day_and_not_first(
    environment: AppEnvironment,
) -> None:
    await begin_and_leave(environment)
    environment.clock.advance(hours=24)
    lobby = LobbyUi(environment)
    async with lobby.open():
        assert str(lobby.button("resume").label) == "Resume the meeting of Mon 23 Nov 10:00"
        assert lobby.app.focused is lobby.button("begin")


async def test_without_an_open_meeting_resume_is_not_offered(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open():
        assert not lobby.button("resume").display
        assert not lobby.screen.active_bindings["u"].enabled


async def test_a_meeting_open_elsewhere_is_refused_with_a_message(
    environment: AppEnvironment, notices: list[str]
) -> None:
    meeting_id = await begin_and_leave(environment)
    other = JournalFile(environment.folder / meeting_id / "journal.jsonl")
    lobby = LobbyUi(environment)
    try:
        async with lobby.open() as pilot:
            await pilot.press("u")
            await pilot.pause()

            assert lobby.app.screen is lobby.screen
            assert lobby.lines[0].status == "missing"
            assert lobby.lines[0].title == "Resume"
            assert notices == [lobby.lines[0].detail]
    finally:
        other.close()


async def test_a_damaged_journal_is_reported_and_opened_at_the_second_request(
    environment: AppEnvironment, notices: list[str]
) -> None:
    await begin_and_leave(environment)
    journal = next(environment.folder.glob("*/journal.jsonl"))
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:1], b"scribble\n", *lines[1:]]))
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await pilot.press("u")
        await pilot.pause()

        assert "line 2" in notices[0]
        assert "again" in lobby.lines[0].title

        await press(pilot, "u")
        assert lobby.meeting_screen.meeting is not None


async def test_a_meeting_is_resumed_even_without_its_agenda(
    environment: AppEnvironment,
) -> None:
    await begin_and_leave(environment)
    environment.agendas = []
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await press(pilot, "u")

        assert lobby.meeting_screen.meeting is not None


async def test_the_older_of_two_open_meetings_can_be_resumed(tmp_path: Path) -> None:
    environment = AppEnvironment(
        tmp_path, prepared_agenda(agenda()), prepared_agenda(agenda(series="monthly"))
    )
    environment.services.begin(agenda(series="monthly"), carried()).leave()
    environment.clock.advance(minutes=7)
    environment.services.begin(agenda(), carried()).leave()
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        assert str(lobby.button("resume").label) == "Resume the meeting of 10:07"
        lobby.screen.query_one("#meetings", EntryList).focus()
        await press(pilot, "down", "enter", "enter")

        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert meeting.agenda.series == "monthly"


async def test_the_lobby_says_where_the_minutes_are_after_the_close(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, prepared_agenda(replace(agenda(), decisions=())))
    environment.scorecard_loader.scorecard = scorecard(acos=23.0)
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b")
        await press(pilot, "q", "x", "enter", "ctrl+s")

        minutes = environment.folder / "2026-11-23-weekly" / "minutes.md"
        assert minutes.is_file()
        assert str(minutes) in lobby.text("notice")
        assert not lobby.button("resume").display


async def test_a_second_meeting_of_a_series_waits_until_the_first_is_closed(
    environment: AppEnvironment, notices: list[str]
) -> None:
    await begin_and_leave(environment)
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        await press(pilot, "b")

        assert "still open" in notices[0]
        assert len(list(environment.folder.glob("*-weekly*"))) == 1


async def test_once_the_lobby_is_shown_garbage_is_collected_among_newer_objects(
    environment: AppEnvironment,
) -> None:
    gc.disable()
    try:
        async with LobbyUi(environment).open():
            assert gc.isenabled()
            assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()
