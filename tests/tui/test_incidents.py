"""Incidents on the screens: one key to report, a clock to follow, a review before the close."""

from datetime import timedelta

from textual.widgets import Static

from facilitator.domain.events.incidents import IncidentDetected
from facilitator.domain.incident import IncidentId, IncidentKind, Recipient
from facilitator.domain.rules import incidents
from facilitator.tui.dialogs.incident_dialogs import IncidentBoard, IncidentForm, IncidentReviewForm
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.status_line import StatusLine
from tests.environment import AppEnvironment
from tests.factories import OPENED, agenda, incident_draft, scorecard
from tests.tui.harness import NARROW, LobbyUi, press, wait_for_workers, wait_until


def report_before(environment: AppEnvironment) -> None:
    """Report an incident of half an hour ago, of which the supervisor is informed."""
    found = OPENED - timedelta(minutes=30)
    log = environment.services.incidents
    log.step(incidents.report_incident, found, incident_draft(detected_at=found))
    log.step(incidents.record_recipient_informed, found, IncidentId("I1"), Recipient.SUPERVISOR)


async def fill_in(pilot, *answers: str) -> None:
    for answer in answers:
        await pilot.press(*answer, "enter")
    await pilot.press("enter")


async def test_a_key_in_the_lobby_reports_an_incident_and_copies_its_notice(environment) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, IncidentForm))
        await pilot.press("shift+tab", "down", "enter")
        await fill_in(pilot, "Twelve 1-star reviews", "B0TEST0001", "Ads off")
        await wait_until(pilot, lambda: lobby.app.screen is lobby.screen)
        await wait_for_workers(pilot)

        (found,) = environment.services.incidents.incidents()
        assert found.kind is IncidentKind.REVIEW_SPIKE
        assert (found.phenomenon, found.scope, found.measures, found.series) == (
            "Twelve 1-star reviews",
            "B0TEST0001",
            "Ads off",
            "weekly",
        )
        assert lobby.app.clipboard == (environment.folder / "incident-I1.txt").read_text(
            encoding="utf-8"
        )
        assert "Incident I1" in [line.title for line in lobby.lines]


async def test_the_board_in_the_lobby_records_informing_but_no_review(environment) -> None:
    report_before(environment)
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, IncidentBoard))
        await pilot.press("v")
        assert isinstance(lobby.app.screen, IncidentBoard)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, TextEntry))
        await press(pilot, *"9:50", "enter")

        (found,) = environment.services.incidents.incidents()
        assert found.time_to_inform(Recipient.BOSS, OPENED) == timedelta(minutes=20)
        assert isinstance(lobby.app.screen, IncidentBoard)


async def test_the_board_stays_open_so_that_the_boss_can_be_told_after_the_supervisor(
    environment,
) -> None:
    ui = IncidentUi(environment)
    environment.services.incidents.step(incidents.report_incident, OPENED, incident_draft())
    async with ui.lobby.app.run_test(size=(80, 24)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        before = ui.session.meeting.current
        await press(pilot, "i", "s", "enter", "b", "enter", "r")

        (found,) = environment.services.incidents.incidents()
        assert not found.not_informed
        assert found.recovered_by_itself
        board = ui.lobby.app.screen
        assert isinstance(board, IncidentBoard)
        assert str(board.query_one("#done", Static).content) == "I1 recovered by itself"
        await press(pilot, "escape")
        assert ui.session.meeting.current == before


class IncidentUi:
    """A meeting on the screen, with its journal in the folder."""

    def __init__(self, environment: AppEnvironment) -> None:
        self.environment = environment
        self.session = environment.begin()
        self.lobby = LobbyUi(environment)
        self.screen = MeetingScreen(environment.services, self.session, scorecard())

    @property
    def alarm(self) -> str:
        shown = self.screen.query_one("StatusLine .alarm", Static)
        return str(shown.content) if shown.display else ""


async def test_the_clock_of_an_incident_runs_in_the_status_line_and_turns_red(environment) -> None:
    report_before(environment)
    ui = IncidentUi(environment)
    async with ui.lobby.app.run_test(size=(80, 24)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        await pilot.pause()
        status = ui.screen.query_one(StatusLine)
        assert ui.alarm == "! I1 30:00"
        assert not status.has_class("-alarmed")

        environment.clock.advance(minutes=31)
        ui.session.tick()
        await wait_until(pilot, lambda: status.has_class("-alarmed"))
        assert ui.alarm.startswith("! I1 +1:00")

        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentBoard))
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, TextEntry))
        await pilot.press("enter")
        await wait_until(pilot, lambda: ui.alarm == "")
        assert ui.session.meeting.incidents == environment.services.incidents.incidents()


async def test_an_incident_reported_in_a_meeting_reaches_it(environment) -> None:
    ui = IncidentUi(environment)
    async with ui.lobby.app.run_test(size=(120, 40)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        await pilot.pause()
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentForm))
        await fill_in(pilot, "Ads ran wild", "US", "Budget cut")
        await wait_until(pilot, lambda: ui.lobby.app.screen is ui.screen)
        await wait_until(pilot, lambda: ui.alarm == "! I1 1:00:00")
        assert ui.session.meeting.incidents == environment.services.incidents.incidents()
        assert not isinstance(ui.session.last_step, IncidentDetected)


async def test_an_incident_review_is_entered_from_the_open_points(environment) -> None:
    report_before(environment)
    ui = IncidentUi(environment)
    async with ui.lobby.app.run_test(size=(120, 40)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        await pilot.pause()
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentBoard))
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentReviewForm))
        for answer in ("A late ship", "9000", "Order earlier"):
            await pilot.press(*answer, "enter")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentBoard))
        (reviewed,) = ui.session.meeting.incidents
        assert reviewed.review is not None
        assert reviewed.review.loss == "9000"


async def test_a_rehearsal_reports_nothing(environment) -> None:
    ui = IncidentUi(environment)
    ui.session.leave()
    ui.session = environment.services.rehearse(agenda(), environment.services.carried(agenda()))
    ui.screen = MeetingScreen(environment.services, ui.session, scorecard())
    async with ui.lobby.app.run_test(size=(120, 40)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        assert ui.lobby.app.screen is ui.screen
        assert "rehearsal saves nothing" in [*ui.lobby.app._notifications][-1].message


async def test_updates_from_another_window_arrive_when_the_board_opens(environment) -> None:
    report_before(environment)
    ui = IncidentUi(environment)
    async with ui.lobby.app.run_test(size=(120, 40)) as pilot:
        await ui.lobby.app.push_screen(ui.screen)
        await pilot.pause()
        environment.services.incidents.step(
            incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS
        )
        environment.services.incidents.step(
            incidents.recover_incident, OPENED, IncidentId("I1"), by_itself=True
        )
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(ui.lobby.app.screen, IncidentBoard))
        assert ui.session.meeting.incidents == environment.services.incidents.incidents()


async def test_a_damaged_incident_journal_is_told_and_refuses_new_incidents(environment) -> None:
    (environment.folder / "incidents.jsonl").write_text("not json\nnot json\n", encoding="utf-8")
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        assert any("incidents.jsonl" in line.detail for line in lobby.lines)
        await press(pilot, "i", *"Stock is out", "ctrl+s")
        assert isinstance(lobby.app.screen, IncidentForm)
        assert any("incidents.jsonl, line 1" in each.message for each in lobby.app._notifications)
