"""Incidents on the screens: one key to report, a clock to follow, a review before the close."""

from datetime import timedelta

from textual.widgets import Static

from facilitator.domain.events.incidents import IncidentDetected
from facilitator.domain.incident import IncidentId, IncidentKind, Recipient
from facilitator.domain.rules import incidents
from facilitator.tui.dialogs.incident_board import IncidentBoard
from facilitator.tui.dialogs.incident_form import IncidentForm, IncidentReviewForm
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.status_line import StatusLine
from tests.building import OPENED, agenda, incident, scorecard
from tests.tui.desks import DeskTop, Lobby, settled, until


def report_before(top: DeskTop) -> None:
    """An incident of half an hour ago; only the supervisor knows."""
    found = OPENED - timedelta(minutes=30)
    log = top.desk.incidents
    log.step(incidents.report_incident, found, incident(detected_at=found))
    log.step(incidents.record_recipient_informed, found, IncidentId("I1"), Recipient.SUPERVISOR)


async def fill_in(pilot, *answers: str) -> None:
    for answer in answers:
        await pilot.press(*answer, "enter")
    await pilot.press("enter")


async def test_a_key_in_the_lobby_reports_an_incident_and_copies_its_notice(top) -> None:
    lobby = Lobby(top)
    async with lobby.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(lobby.app.screen, IncidentForm))
        await pilot.press("down", "enter")
        await fill_in(pilot, "Twelve 1-star reviews", "B0TEST0001", "Ads off")
        await until(pilot, lambda: lobby.app.screen is lobby.screen)
        await settled(pilot)

        (found,) = top.desk.incidents.incidents()
        assert found.kind is IncidentKind.REVIEW_SPIKE
        assert (found.phenomenon, found.scope, found.measures, found.series) == (
            "Twelve 1-star reviews",
            "B0TEST0001",
            "Ads off",
            "weekly",
        )
        assert lobby.app.clipboard == (top.folder / "incident-I1.txt").read_text(encoding="utf-8")
        assert "Incident I1" in [line.title for line in lobby.lines]


async def test_the_board_in_the_lobby_takes_who_was_told_and_no_review(top) -> None:
    report_before(top)
    lobby = Lobby(top)
    async with lobby.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(lobby.app.screen, IncidentBoard))
        await pilot.press("v")
        assert isinstance(lobby.app.screen, IncidentBoard)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(lobby.app.screen, TextEntry))
        await pilot.press(*"9:50", "enter")
        await settled(pilot)

        (found,) = top.desk.incidents.incidents()
        assert found.time_to_inform(Recipient.BOSS, OPENED) == timedelta(minutes=20)


class Room:
    """A meeting on the screen, its journal in the folder of the desk."""

    def __init__(self, top: DeskTop) -> None:
        self.top = top
        self.session = top.desk.begin(agenda(), top.desk.carried(agenda()))
        self.lobby = Lobby(top)
        self.screen = MeetingScreen(top.desk, self.session, scorecard())

    @property
    def alarm(self) -> str:
        shown = self.screen.query_one("StatusLine .alarm", Static)
        return str(shown.content) if shown.display else ""


async def test_the_clock_of_an_incident_runs_in_the_status_line_and_turns_red(top) -> None:
    report_before(top)
    room = Room(top)
    async with room.lobby.app.run_test(size=(80, 24)) as pilot:
        await room.lobby.app.push_screen(room.screen)
        await pilot.pause()
        status = room.screen.query_one(StatusLine)
        assert room.alarm == "! I1 30:00"
        assert not status.has_class("-alarmed")

        top.clock.advance(minutes=31)
        room.session.tick()
        await until(pilot, lambda: status.has_class("-alarmed"))
        assert room.alarm.startswith("! I1 +1:00")

        await pilot.press("i")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, IncidentBoard))
        await pilot.press("b")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, TextEntry))
        await pilot.press("enter")
        await until(pilot, lambda: room.alarm == "")
        assert room.session.meeting.incidents == top.desk.incidents.incidents()


async def test_an_incident_reported_in_a_meeting_is_heard_there(top) -> None:
    room = Room(top)
    async with room.lobby.app.run_test(size=(120, 40)) as pilot:
        await room.lobby.app.push_screen(room.screen)
        await pilot.pause()
        await pilot.press("i")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, IncidentForm))
        await pilot.press("tab")
        await fill_in(pilot, "Ads ran wild", "US", "Budget cut")
        await until(pilot, lambda: room.lobby.app.screen is room.screen)
        await until(pilot, lambda: room.alarm == "! I1 1:00:00")
        assert room.session.meeting.incidents == top.desk.incidents.incidents()
        assert not isinstance(room.session.last_step, IncidentDetected)


async def test_the_review_is_settled_from_what_is_still_open(top) -> None:
    report_before(top)
    room = Room(top)
    async with room.lobby.app.run_test(size=(120, 40)) as pilot:
        await room.lobby.app.push_screen(room.screen)
        await pilot.pause()
        await pilot.press("i")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, IncidentBoard))
        await pilot.press("v")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, IncidentReviewForm))
        for answer in ("A late ship", "9000", "Order earlier"):
            await pilot.press(*answer, "enter")
        await until(pilot, lambda: room.lobby.app.screen is room.screen)
        (reviewed,) = room.session.meeting.incidents
        assert reviewed.review is not None
        assert reviewed.review.loss == "9000"


async def test_a_rehearsal_reports_nothing(top) -> None:
    room = Room(top)
    room.session.leave()
    room.session = top.desk.rehearse(agenda(), top.desk.carried(agenda()))
    room.screen = MeetingScreen(top.desk, room.session, scorecard())
    async with room.lobby.app.run_test(size=(120, 40)) as pilot:
        await room.lobby.app.push_screen(room.screen)
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        assert room.lobby.app.screen is room.screen
        assert "rehearsal writes nothing" in [*room.lobby.app._notifications][-1].message


async def test_what_another_window_told_is_heard_when_the_board_opens(top) -> None:
    report_before(top)
    room = Room(top)
    async with room.lobby.app.run_test(size=(120, 40)) as pilot:
        await room.lobby.app.push_screen(room.screen)
        await pilot.pause()
        top.desk.incidents.step(
            incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS
        )
        top.desk.incidents.step(
            incidents.recover_incident, OPENED, IncidentId("I1"), by_itself=True
        )
        await pilot.press("i")
        await until(pilot, lambda: isinstance(room.lobby.app.screen, IncidentBoard))
        assert room.session.meeting.incidents == top.desk.incidents.incidents()


async def test_a_damaged_incident_journal_is_told_and_ends_nothing(top) -> None:
    (top.folder / "incidents.jsonl").write_text("not json\nnot json\n", encoding="utf-8")
    lobby = Lobby(top)
    async with lobby.app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert lobby.app.screen is lobby.screen
        assert any("incidents.jsonl, line 1" in each.message for each in lobby.app._notifications)
