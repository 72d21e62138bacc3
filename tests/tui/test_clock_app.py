"""The timekeeper's pane in a terminal of its own."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import JournalError
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.rules import clock as clock_rules
from facilitator.tui.clock_app import ClockApp, ClockScreen, Follower
from facilitator.tui.widgets.big_clock import BigClock
from tests.building import Table, agenda


class Reader:
    """Reads along at a table, from its first event on."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read = 0
        self.fails = False

    def poll(self) -> Iterable[MeetingEvent]:
        if self.fails:
            raise JournalError("The journal was cut back; follow it again.")
        events = self._table.events[self._read :]
        self._read += len(events)
        return events


class Room:
    """A table, a pane that follows it, and what the pane shows."""

    def __init__(self, prepared: Agenda | None = None) -> None:
        self.table = Table(prepared or agenda())
        self.is_open = True
        self.readers: list[Reader] = []
        self.app = ClockApp(self.find, self.table.clock)

    def find(self) -> Follower | None:
        if not self.is_open:
            return None
        self.readers.append(Reader(self.table))
        return self.readers[-1]

    @property
    def screen(self) -> ClockScreen:
        screen = self.app.screen
        assert isinstance(screen, ClockScreen)
        return screen

    def pass_time(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let the clock go on, with the program of the meeting alive."""
        self.table.clock.advance(minutes=minutes, seconds=seconds - 20)
        self.table.step(clock_rules.tick_clock)
        self.look()

    def look(self, times: int = 1) -> None:
        for _time in range(times):
            self.screen.look()

    @property
    def digits(self) -> str:
        return self.app.screen.query_one(BigClock).digits

    def said(self, name: str) -> str:
        part = self.app.screen.query_one(f"#{name}", Static)
        assert isinstance(part.content, Content)
        return part.content.plain if part.display else ""


@pytest.fixture
def room() -> Room:
    room = Room()
    room.table.clock.advance(seconds=-20)
    room.table.step(clock_rules.start_next_item)
    return room


async def test_it_shows_the_running_item_the_next_one_and_the_end(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=1, seconds=30)

        assert room.digits == "3:30"
        assert room.said("title") == "Opening question"
        assert room.said("next") == "next: The week in numbers"
        assert room.said("ends") == "ends 11:00 (on time)"
        assert room.said("bar").endswith("30\N{NO-BREAK SPACE}%")


async def test_past_the_timebox_it_counts_up_with_a_sign(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=7)

        assert room.digits == "+2:00"
        assert room.screen.has_class("-over")
        assert room.said("ends") == "ends 11:02 (2\N{NO-BREAK SPACE}min late)"


async def test_it_follows_to_the_next_item(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=4)
        room.table.step(clock_rules.start_next_item)
        room.pass_time(seconds=60)

        assert room.said("title") == "The week in numbers"
        assert room.digits == "9:00"
        assert not room.screen.has_class("-over")


async def test_a_paused_clock_is_named_as_paused(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=1)
        assert "paused" not in room.said("title")
        room.table.step(clock_rules.pause_or_continue)
        room.look()

        assert "paused" in room.said("title")


async def test_a_pause_stops_the_digits(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=1)
        room.table.step(clock_rules.pause_or_continue)
        room.look()
        stopped = room.digits
        room.pass_time(minutes=3)

        assert room.digits == stopped


async def test_without_a_meeting_it_says_so_and_goes_on_looking(room: Room) -> None:
    room.is_open = False
    async with room.app.run_test(size=(80, 24)):
        assert room.said("message") == "No meeting is under way; this pane goes on looking."

        room.is_open = True
        room.look(times=4)

        assert room.said("title") == "Opening question"
        assert not room.screen.has_class("-idle")


async def test_the_close_is_told_with_its_time(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=50)
        room.table.close()
        room.is_open = False
        room.look(times=10)

        ended = room.table.meeting.closed_at
        assert ended is not None
        local = ended.astimezone(room.table.meeting.agenda.starts.tzinfo)
        assert room.said("message").startswith(f"The meeting ended at {local:%H:%M}")


async def test_where_the_meeting_falls_silent_the_clock_stands_and_says_so(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=1)
        room.is_open = False
        room.table.clock.advance(minutes=5)
        room.look()

        assert room.digits == "4:00"
        assert room.said("ends") == "nothing was written since 10:01"


async def test_a_journal_that_was_cut_back_is_followed_anew(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=1)
        room.readers[-1].fails = True
        room.look()
        assert "cut back" in room.said("message")

        room.look(times=4)
        assert room.digits == "4:00"
        assert room.said("title") == "Opening question"


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (240, 70)])
async def test_a_long_title_ends_in_an_ellipsis_and_nothing_is_pushed_out(
    size: tuple[int, int],
) -> None:
    long_title = "今天老板最希望我们聚焦解决的问题是什么 [b] and more of it " * 8
    prepared = agenda()
    first = replace(prepared.items[0], title=long_title)
    room = Room(replace(prepared, items=(first, *prepared.items[1:])))
    room.table.step(clock_rules.start_next_item)
    async with room.app.run_test(size=size) as pilot:
        room.pass_time(minutes=1)
        await pilot.pause()
        screen = room.app.screen
        title = screen.query_one("#title", Static)

        assert "…" in "".join(strip.text for strip in title.render_lines(title.outer_size.region))
        for name in ("#title", "#next", "#ends", "BigClock"):
            assert screen.region.contains_region(screen.query_one(name).region)


async def test_q_leaves_and_ctrl_t_changes_the_light(room: Room) -> None:
    async with room.app.run_test(size=(80, 24)) as pilot:
        dark = room.app.current_theme.dark
        await pilot.press("ctrl+t")
        assert room.app.current_theme.dark is not dark
        await pilot.press("q")

    assert room.app.return_code == 0
