"""What is taken down of the room: the roll, minutes lost, and ratings before the close."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.lost_time import LossCause
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.form import Form
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.screens.review import ReviewScreen
from facilitator.tui.widgets.roll import Roll
from tests.building import agenda
from tests.tui.desks import DeskTop, settled
from tests.tui.rooms import NARROW, WIDE, Room
from tests.tui.test_review import Review

MEI, TOM = PersonId("mei"), PersonId("tom")


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    """A meeting with nothing open that must be settled, half an hour old."""
    top = DeskTop(tmp_path)
    session = top.desk.begin(replace(agenda(), decisions=()), CarryOver())
    for _turn in range(30):
        top.clock.advance(minutes=1)
        session.tick()
    return session


@asynccontextmanager
async def reviewing(
    tmp_path: Path, session: MeetingSession, size: tuple[int, int], *keys: str
) -> AsyncIterator[tuple[Review, Pilot[None]]]:
    """The review of the meeting, after these keys."""
    review = Review(DeskTop(tmp_path), session)
    async with review.run_test(size=size) as pilot:
        await settled(pilot)
        if keys:
            await pilot.press(*keys)
            await settled(pilot)
        yield review, pilot


async def test_k_parks_a_topic_with_the_minutes_that_it_took(room: Room) -> None:
    async with room.open():
        room.pass_time(7 * 60)
        await room.press("k")
        form = await room.dialog()
        assert "7\N{NO-BREAK SPACE}min ago" in shown(form)
        await room.write("New bottle")
        await room.press("enter", "5", "enter")

        assert room.meeting.topics[-1].text == "New bottle"
        assert [each.time for each in room.meeting.lost_times] == [timedelta(minutes=5)]
        await room.press("u")
        assert room.meeting.lost_times == ()


async def test_minutes_that_are_no_number_keep_the_form_open(room: Room) -> None:
    async with room.open():
        await room.press("k")
        form = await room.dialog()
        await room.write("New bottle")
        await room.press("enter", "x", "enter")

        assert room.app.screen is form
        assert any("no number of minutes" in each for each in room.notices)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_l_takes_down_what_minutes_were_lost_to(room: Room, size: tuple[int, int]) -> None:
    async with room.open(size):
        room.pass_time(7 * 60)
        await room.press("l")
        await room.dialog()
        await room.press("down", "4", "enter")
        await room.write("Stock list")
        await room.press("enter")

        (lost,) = room.meeting.lost_times
        assert (lost.cause, lost.time, lost.about) == (
            LossCause.NO_PRE_READ,
            timedelta(minutes=4),
            "Stock list",
        )


async def test_the_roll_asks_who_is_here_and_who_has_read_the_papers(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("r", "space", "down", "r")
        roll = room.app.screen.query_one(Roll)
        lines = [str(each.prompt) for each in roll.options]
        assert lines[0].startswith("✗ absent  ")
        assert "✗ not read" in lines[1]
        names = (each.person.name for each in roll.lines)
        assert len({line.index(name) for line, name in zip(lines, names, strict=True)}) == 1
        await room.press("enter")

        assert (room.meeting.absent, room.meeting.unread) == ((MEI,), (TOM,))


async def test_closing_asks_for_ratings_down_the_list_and_why_only_where_one_is_low(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with reviewing(tmp_path, session, NARROW, "x") as (review, pilot):
        assert isinstance(review.screen, RatingsForm)
        await pilot.press("9", "enter", "6", "enter", *"Long", "enter", "1", "0", "enter")
        assert not session.meeting.is_closed
        await pilot.press("enter", "8", "enter")
        await settled(pilot)

        assert review.results == [True]
    journal = (tmp_path / "2026-11-23-weekly" / "journal.jsonl").read_text(encoding="utf-8")
    told = [json.loads(line)["type"] for line in journal.splitlines()]
    assert told.index("MeetingRated") < told.index("MeetingClosed")
    assert session.meeting.ratings == (
        Rating(person=MEI, score=9),
        Rating(person=TOM, score=6, reason="Long"),
        Rating(person=PersonId("ana"), score=10),
        Rating(person=PersonId("boss"), score=8),
    )


async def test_fast_fingers_fill_the_right_lines(tmp_path: Path, session: MeetingSession) -> None:
    async with reviewing(tmp_path, session, NARROW, "g") as (review, pilot):
        for key in ("9", "enter", "6", "enter", *"Long", "enter", "1", "0", "enter", "enter"):
            review.simulate_key(key)
        review.simulate_key("enter")
        await settled(pilot)

        assert [(each.score, each.reason) for each in session.meeting.ratings or ()] == [
            (9, ""),
            (6, "Long"),
            (10, ""),
        ]


async def test_escape_from_the_ratings_leads_back_without_closing_and_keeps_what_was_typed(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with reviewing(tmp_path, session, WIDE, "x") as (review, pilot):
        await pilot.press("9", "escape")
        await settled(pilot)
        assert isinstance(review.screen, ReviewScreen)
        assert (session.meeting.is_closed, session.meeting.ratings) == (False, None)

        await pilot.press("g")
        await settled(pilot)
        assert review.screen.query(Input).first().value == "9"


async def test_a_low_rating_without_a_reason_keeps_the_meeting_open(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with reviewing(tmp_path, session, WIDE, "x") as (review, pilot):
        await pilot.press("3", "ctrl+s")
        await settled(pilot)

        assert isinstance(review.screen, RatingsForm)
        assert session.meeting.ratings is None


async def test_the_review_tells_decisions_an_hour_cost_and_lost_minutes(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with reviewing(tmp_path, session, WIDE) as (review, _pilot):
        told = str(review.screen.query_one("#worth", Static).content)
        assert told.replace("\N{NO-BREAK SPACE}", " ") == ("Decisions: 0 in 30 min · ¥ 260")


def shown(form: Form) -> str:
    return " ".join(str(each.content) for each in form.query(Static))
