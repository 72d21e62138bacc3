"""The timekeeper's pane in a terminal of its own."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import JournalError
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import lifecycle
from facilitator.tui.clock_app import ClockApp, ClockScreen, JournalFollower
from facilitator.tui.widgets.big_clock import BigClock
from tests.factories import MeetingHarness, agenda


class FakeFollower:
    """Follows the events of a meeting from the first on."""

    def __init__(self, harness: MeetingHarness) -> None:
        self._table = harness
        self._read = 0
        self.fails = False
        self.writer: bool | None = None

    def has_writer(self) -> bool | None:
        return self.writer

    def poll(self) -> Iterable[MeetingEvent]:
        if self.fails:
            raise JournalError("The journal became shorter. Start following it again.")
        events = self._table.events[self._read :]
        self._read += len(events)
        return events


class ClockUi:
    """A meeting, the clock app that follows it, and what that shows."""

    def __init__(self, prepared: Agenda | None = None) -> None:
        self.harness = MeetingHarness(prepared or agenda())
        self.is_open = True
        self.readers: list[FakeFollower] = []
        self.writer: bool | None = True
        self.app = ClockApp(self.find, self.harness.clock)

    def find(self) -> JournalFollower | None:
        if not self.is_open:
            return None
        self.readers.append(FakeFollower(self.harness))
        self.readers[-1].writer = self.writer
        return self.readers[-1]

    @property
    def screen(self) -> ClockScreen:
        screen = self.app.screen
        assert isinstance(screen, ClockScreen)
        return screen

    def pass_time(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Advance the clock while the program of the meeting runs."""
        self.harness.clock.advance(minutes=minutes, seconds=seconds - 20)
        self.harness.step(clock_rules.tick_clock)
        self.refresh_view()

    def refresh_view(self, times: int = 1) -> None:
        for _time in range(times):
            self.screen.refresh_view()

    @property
    def digits(self) -> str:
        return self.app.screen.query_one(BigClock).digits

    def said(self, name: str) -> str:
        part = self.app.screen.query_one(f"#{name}", Static)
        assert isinstance(part.content, Content)
        return part.content.plain if part.display else ""


@pytest.fixture
def ui() -> ClockUi:
    ui = ClockUi()
    ui.harness.clock.advance(seconds=-20)
    ui.harness.step(clock_rules.start_next_item)
    return ui


async def test_the_clock_shows_the_running_item_the_next_one_and_the_end(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1, seconds=30)

        assert ui.digits == "3:30"
        assert ui.said("title") == "Opening question"
        assert ui.said("next") == "next: The week in numbers"
        assert ui.said("ends") == "ends 11:00 (on time)"
        assert ui.said("bar").endswith("30\N{NO-BREAK SPACE}%")


async def test_the_clock_counts_up_with_a_sign_past_the_timebox(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=7)

        assert ui.digits == "+2:00"
        assert ui.screen.has_class("-over")
        assert ui.said("ends") == "ends 11:02 (2\N{NO-BREAK SPACE}min late)"


async def test_the_clock_follows_to_the_next_item(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=4)
        ui.harness.step(clock_rules.start_next_item)
        ui.pass_time(seconds=60)

        assert ui.said("title") == "The week in numbers"
        assert ui.digits == "9:00"
        assert not ui.screen.has_class("-over")


async def test_a_paused_clock_says_so(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        assert "paused" not in ui.said("title")
        ui.harness.step(clock_rules.pause_or_continue)
        ui.refresh_view()

        assert "paused" in ui.said("title")


async def test_a_pause_stops_the_digits(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        ui.harness.step(clock_rules.pause_or_continue)
        ui.refresh_view()
        stopped = ui.digits
        ui.pass_time(minutes=3)

        assert ui.digits == stopped


async def test_the_clock_waits_for_a_meeting(ui: ClockUi) -> None:
    ui.is_open = False
    async with ui.app.run_test(size=(80, 24)):
        assert (
            ui.said("message") == "No meeting is running. The clock appears here when one starts."
        )

        ui.is_open = True
        ui.refresh_view(times=4)

        assert ui.said("title") == "Opening question"
        assert not ui.screen.has_class("-idle")


async def test_the_clock_shows_the_time_of_the_close(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=50)
        ui.harness.close()
        ui.is_open = False
        ui.refresh_view(times=10)

        ended = ui.harness.meeting.closed_at
        assert ended is not None
        local = ended.astimezone(ui.harness.meeting.agenda.starts.tzinfo)
        assert ui.said("message").startswith(f"The meeting ended at {local:%H:%M}")


async def test_the_clock_stops_and_says_so_when_the_meeting_is_silent(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        ui.is_open = False
        ui.harness.clock.advance(minutes=5)
        ui.refresh_view()

        assert ui.digits == "4:00"
        assert ui.said("ends") == "nothing recorded since 10:01"


def set_writer(ui: ClockUi, writer: bool | None) -> None:
    ui.writer = ui.readers[-1].writer = writer


GONE = "The recorder's program is not running · last seen 10:01"


async def test_the_clock_says_within_two_seconds_that_the_recorders_program_is_gone(
    ui: ClockUi,
) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        set_writer(ui, writer=False)
        ui.harness.clock.advance(seconds=2)
        ui.refresh_view(times=4)

        assert ui.said("ends") == GONE
        assert ui.digits == "4:00"

        ui.harness.clock.advance(seconds=3)
        ui.refresh_view(times=5)
        assert ui.said("ends") == GONE  # also of a journal that is read anew


async def test_the_clock_goes_on_once_the_meeting_is_resumed(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        set_writer(ui, writer=False)
        ui.refresh_view(times=4)
        assert ui.said("ends") == GONE

        ui.harness.clock.advance(minutes=10)
        ui.harness.step(clock_rules.resume_meeting)
        set_writer(ui, writer=True)
        ui.refresh_view(times=8)
        assert ui.said("ends").startswith("ends 11:10")
        assert ui.digits == "4:00"

        set_writer(ui, writer=False)
        ui.refresh_view(times=4)
        assert ui.said("ends") == GONE.replace("10:01", "10:11")


async def test_a_free_lock_is_believed_late_where_it_was_never_held(ui: ClockUi) -> None:
    ui.writer = False
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        ui.refresh_view(times=8)
        assert ui.said("ends").startswith("ends ")

        ui.harness.clock.advance(seconds=21)
        ui.refresh_view(times=4)
        assert ui.said("ends") == GONE


async def test_the_clock_of_a_suspended_meeting_says_since_when(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        ui.harness.step(lifecycle.suspend_meeting)
        set_writer(ui, writer=False)
        ui.refresh_view(times=4)

        assert ui.said("ends") == "suspended since 10:01"


async def test_the_clock_goes_on_until_the_next_recorder_has_resumed(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        somebody = ui.harness.meeting.agenda.people[-1].id
        ui.harness.step(lifecycle.change_recorder, somebody, lets_go=True)
        set_writer(ui, writer=False)
        ui.harness.clock.advance(minutes=2)
        ui.refresh_view(times=4)
        assert ui.digits.startswith("1:")
        assert ui.said("ends").startswith("ends ")

        ui.harness.clock.advance(minutes=9)
        ui.refresh_view(times=4)
        assert ui.said("ends").startswith("The recorder's program is not running")


async def test_a_truncated_journal_is_followed_again(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=1)
        ui.readers[-1].fails = True
        ui.refresh_view()
        assert "became shorter" in ui.said("message")

        ui.refresh_view(times=4)
        assert ui.digits == "4:00"
        assert ui.said("title") == "Opening question"


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (240, 70)])
async def test_a_long_title_is_shortened_with_an_ellipsis(
    size: tuple[int, int],
) -> None:
    long_title = "今天老板最希望我们聚焦解决的问题是什么 [b] and more of it " * 8
    prepared = agenda()
    first = replace(prepared.items[0], title=long_title)
    ui = ClockUi(replace(prepared, items=(first, *prepared.items[1:])))
    ui.harness.step(clock_rules.start_next_item)
    async with ui.app.run_test(size=size) as pilot:
        ui.pass_time(minutes=1)
        await pilot.pause()
        screen = ui.app.screen
        title = screen.query_one("#title", Static)

        assert "…" in "".join(strip.text for strip in title.render_lines(title.outer_size.region))
        for name in ("#title", "#next", "#ends", "BigClock"):
            assert screen.region.contains_region(screen.query_one(name).region)


async def test_keys_quit_the_clock_and_change_its_theme(ui: ClockUi) -> None:
    async with ui.app.run_test(size=(80, 24)) as pilot:
        dark = ui.app.current_theme.dark
        await pilot.press("ctrl+t")
        assert ui.app.current_theme.dark is not dark
        await pilot.press("q")

    assert ui.app.return_code == 0
