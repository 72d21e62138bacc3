"""The lobby: choice of the agenda, and its readiness."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.agenda import DataPlan, ReportSlot
from facilitator.domain.errors import Diagnostic, message
from facilitator.session.stored_meetings import PreparedAgenda
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.entry_list import EntryList
from tests.environment import AppEnvironment, prepared_agenda
from tests.factories import ACOS, US, action_draft, agenda, carried, scorecard
from tests.tui.harness import NARROW, LobbyUi, press, wait_for_workers, wait_until

WITH_REPORTS = replace(
    agenda(), data=DataPlan(reports=(ReportSlot(kind="search-term"), ReportSlot(kind="business")))
)


async def test_the_lobby_shows_time_length_people_and_cost(
    environment: AppEnvironment,
) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open():
        assert lobby.text("facts").replace("\N{NO-BREAK SPACE}", " ") == (
            "Mon 23 Nov 10:00 · 60 min · 5 people · about ¥520"
        )
        assert lobby.app.focused is lobby.button("begin")


async def test_a_missing_report_says_what_to_do(tmp_path: Path) -> None:
    lobby = LobbyUi(AppEnvironment(tmp_path, prepared_agenda(WITH_REPORTS)))
    async with lobby.open(NARROW):
        missing = [line for line in lobby.lines if line.status == "missing"]
        assert [line.title for line in missing] == ["Business Report"]
        assert lobby.lines[0] == missing[0]
        assert "put the export into the data folder" in missing[0].detail


async def test_the_lobby_shows_the_progress_of_reading(
    environment: AppEnvironment,
) -> None:
    environment.agendas = [prepared_agenda(WITH_REPORTS)]
    environment.scorecard_loader.block()
    lobby = LobbyUi(environment)
    async with lobby.app.run_test(size=(80, 24)) as pilot:
        await environment.scorecard_loader.wait_for_progress()
        await pilot.pause()

        assert "US/search-term.csv" in lobby.text("progress")
        assert {line.status for line in lobby.lines} == {"warning", "waiting"}
        environment.scorecard_loader.unblock()
        await wait_for_workers(pilot)
        assert lobby.text("progress") == ""
        assert "waiting" not in {line.status for line in lobby.lines}


async def test_an_agenda_with_faults_lists_them_and_cannot_begin(tmp_path: Path) -> None:
    file = Path("agendas/weekly/agenda.toml")
    diagnostics = (
        Diagnostic(
            file=str(file),
            key="items[2].minutes",
            message=message("“{text}” is no number.", text="[b]ten\x1b[2J"),
            hint=message("Write 10."),
        ),
    )
    environment = AppEnvironment(
        tmp_path, PreparedAgenda(file=file, agenda=None, problems=diagnostics)
    )
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        assert [line.detail for line in lobby.lines] == [
            "items[2].minutes: “[b]ten” is no number. Write 10."
        ]
        assert lobby.button("begin").disabled
        assert lobby.button("rehearse").disabled
        await press(pilot, "b", "e")
        assert lobby.app.screen is lobby.screen


async def test_the_lobby_without_agendas_says_how_to_make_one(environment: AppEnvironment) -> None:
    environment.agendas = []
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW):
        assert "`facilitator new weekly`" in lobby.text("facts")
        assert "`facilitator demo`" in lobby.text("facts")
        assert lobby.button("begin").disabled


async def test_reading_again_finds_new_reports(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, prepared_agenda(WITH_REPORTS))
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        assert "missing" in {line.status for line in lobby.lines}
        found = replace(scorecard().sources[0], file="US/business.csv", kind="business")
        environment.scorecard_loader.scorecard = replace(
            scorecard(), sources=(*scorecard().sources, found)
        )
        await press(pilot, "r")

        assert "missing" not in {line.status for line in lobby.lines}


async def test_the_named_agenda_is_selected(tmp_path: Path) -> None:
    weekly, monthly = agenda(), replace(agenda(series="monthly"), title="Monthly look back")
    environment = AppEnvironment(tmp_path, prepared_agenda(weekly), prepared_agenda(monthly))
    lobby = LobbyUi(environment, Path("agendas/monthly/agenda.toml"))
    async with lobby.open():
        assert lobby.screen.agenda == monthly


async def test_another_agenda_is_chosen_from_the_list(tmp_path: Path) -> None:
    weekly, monthly = agenda(), replace(agenda(series="monthly"), title="Monthly look back")
    lobby = LobbyUi(AppEnvironment(tmp_path, prepared_agenda(weekly), prepared_agenda(monthly)))
    async with lobby.open() as pilot:
        assert lobby.screen.agenda == weekly
        lobby.screen.query_one("#agendas", EntryList).focus()
        await press(pilot, "down", "enter")

        assert lobby.screen.agenda == monthly
        assert lobby.app.focused is lobby.button("begin")
        assert lobby.environment.scorecard_loader.loads == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (240, 70)])
async def test_buttons_and_list_are_visible_at_any_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    title = "A very long title about [everything] 会议 " * 9
    environment = AppEnvironment(
        tmp_path,
        prepared_agenda(replace(WITH_REPORTS, title=title)),
        prepared_agenda(replace(agenda(series="monthly"), title=title)),
    )
    environment.services.begin(agenda(), carried()).leave()
    environment.services.begin(agenda(series="monthly"), carried()).leave()
    lobby = LobbyUi(environment)
    async with lobby.open(size):
        shown = [lobby.button(name).region for name in ("begin", "rehearse", "resume")]
        shown += [part.region for part in lobby.screen.query(EntryList)]
        shown += [lobby.screen.query_one(".readiness").region]

        assert all(lobby.screen.region.contains_region(region) for region in shown)
        assert all(region.area for region in shown)
        assert not any(one.overlaps(other) for one, other in combinations(shown, 2))


async def test_a_lobby_left_open_begins_with_what_is_true_now(environment: AppEnvironment) -> None:
    environment.hold_meeting(action_draft("Ring", due=date(2026, 11, 27)))
    environment.clock.advance(hours=7 * 24)
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        LibraryFile(environment.folder / "library.json").close_action(
            ActionId("A1"), "weekly", ActionStatus.DONE, "Mail", environment.clock.now()
        )
        await press(pilot, "b")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, MeetingScreen))

        screen = lobby.meeting_screen
        assert screen.meeting is not None
        assert screen.meeting.actions == ()
        assert screen.announcements.done == "Closed or postponed since the lobby was read: A1."
        assert environment.scorecard_loader.loads == 1


async def test_a_lobby_opened_in_the_week_before_reads_the_figures_again(
    environment: AppEnvironment,
) -> None:
    environment.clock.advance(hours=-10, minutes=-1)  # Sunday, a minute to midnight
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        environment.clock.advance(minutes=5)
        environment.scorecard_loader.scorecard = scorecard(acos=19.5)
        await press(pilot, "b")
        await wait_until(
            pilot,
            lambda: (
                isinstance(lobby.app.screen, MeetingScreen)
                and lobby.meeting_screen.meeting is not None
                and lobby.meeting_screen.meeting.scorecard is not None
            ),
        )

        assert environment.scorecard_loader.loads == 2
        meeting = lobby.meeting_screen.meeting
        assert meeting is not None
        assert meeting.scorecard is not None
        series = meeting.scorecard.one(ACOS, US)
        assert series is not None
        assert series.current.value == 19.5
        assert "The week under review is now" in lobby.meeting_screen.announcements.done


async def test_a_lost_journal_is_among_the_checks(environment: AppEnvironment) -> None:
    environment.hold_meeting(action_draft("Ring"))
    journal = environment.folder / "2026-11-23-weekly" / "journal.jsonl"
    journal.write_bytes(b"")
    lobby = LobbyUi(environment)
    async with lobby.open():
        (line,) = (each for each in lobby.lines if each.title == "Meetings")
        assert (line.status, str(journal) in line.detail) == ("warning", True)
