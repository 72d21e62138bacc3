"""Attendance, lost time, and ratings before the close, on the screens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.lost_time import LossCause
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.attendance import AttendanceList
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.screens.review import ReviewScreen
from tests.environment import AppEnvironment
from tests.factories import agenda
from tests.tui.harness import NARROW, WIDE, MeetingUi, press, wait_for_keys, wait_for_workers
from tests.tui.test_review import ReviewApp

MEI, TOM = PersonId("mei"), PersonId("tom")


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    """Begin a meeting half an hour ago, without mandatory open points."""
    environment = AppEnvironment(tmp_path)
    session = environment.services.begin(replace(agenda(), decisions=()), CarryOver())
    for _turn in range(30):
        environment.clock.advance(minutes=1)
        session.tick()
    return session


@asynccontextmanager
async def open_review(
    tmp_path: Path, session: MeetingSession, size: tuple[int, int], *keys: str
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    """Open the review of the meeting, and press these keys."""
    review = ReviewApp(AppEnvironment(tmp_path), session)
    async with review.run_test(size=size) as pilot:
        await wait_for_workers(pilot)
        if keys:
            await press(pilot, *keys)
        yield review, pilot


async def test_a_topic_is_parked_with_the_minutes_that_it_took(ui: MeetingUi) -> None:
    async with ui.open():
        ui.pass_time(7 * 60)
        await ui.press("k")
        form = await ui.dialog()
        assert "7\N{NO-BREAK SPACE}min since the last entry" in shown(form)
        await ui.write("New bottle")
        await ui.press("enter", "5", "enter")

        assert ui.meeting.topics[-1].text == "New bottle"
        assert [each.time for each in ui.meeting.lost_times] == [timedelta(minutes=5)]
        await ui.press("u")
        assert ui.meeting.lost_times == ()


async def test_invalid_minutes_keep_the_form_open(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("k")
        form = await ui.dialog()
        await ui.write("New bottle")
        await ui.press("enter", "x", "enter")

        assert ui.app.screen is form
        assert any("not a number of minutes" in each for each in ui.notices)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_lost_time_is_recorded_by_one_key(ui: MeetingUi, size: tuple[int, int]) -> None:
    async with ui.open(size):
        ui.pass_time(7 * 60)
        await ui.press("l")
        await ui.dialog()
        await ui.press("down")
        await ui.write("Stock list")
        await ui.press("enter", "4", "enter")

        (lost,) = ui.meeting.lost_times
        assert (lost.cause, lost.time, lost.about) == (
            LossCause.NO_PRE_READ,
            timedelta(minutes=4),
            "Stock list",
        )


async def test_attendance_asks_who_is_present_and_who_has_read_the_papers(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("r", "space", "down", "r")
        roll = ui.app.screen.query_one(AttendanceList)
        lines = [str(each.prompt) for each in roll.options]
        assert lines[0].startswith("✗ absent  ")
        assert "✗ not read" in lines[1]
        names = (each.name for each in ui.meeting.agenda.people)
        assert len({line.index(name) for line, name in zip(lines, names, strict=True)}) == 1
        await ui.press("enter")

        assert (ui.meeting.absent, ui.meeting.unread) == ((MEI,), (TOM,))


async def test_closing_asks_for_ratings_and_a_low_one_may_have_a_reason(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with open_review(tmp_path, session, NARROW, "x", "enter") as (review, pilot):
        assert isinstance(review.screen, RatingsForm)
        await press(pilot, "9", "enter", "6", "enter", "1", "0", "enter", "enter", "8")
        await press(pilot, "tab", "enter", "tab", *"Long", "enter")

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


async def test_fast_typing_fills_the_right_fields(tmp_path: Path, session: MeetingSession) -> None:
    async with open_review(tmp_path, session, NARROW, "g") as (review, pilot):
        for key in ("9", "enter", "6", "enter", "1", "0", "enter", "enter", "enter"):
            review.simulate_key(key)
        await wait_for_keys(pilot)
        await wait_for_workers(pilot)

        assert [(each.score, each.reason) for each in session.meeting.ratings or ()] == [
            (9, ""),
            (6, ""),
            (10, ""),
        ]


async def test_escape_from_the_ratings_returns_without_closing_and_keeps_the_text(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with open_review(tmp_path, session, WIDE, "x", "enter") as (review, pilot):
        await press(pilot, "9", "escape")
        assert isinstance(review.screen, ReviewScreen)
        assert (session.meeting.is_closed, session.meeting.ratings) == (False, None)

        await press(pilot, "g", "ctrl+r")
        assert review.screen.query(Input).first().value == "9"


async def test_ratings_that_are_left_with_escape_are_not_asked_for_again_at_the_close(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with open_review(tmp_path, session, WIDE, "x", "enter", "escape", "enter"):
        assert session.meeting.is_closed


@pytest.mark.parametrize("typed", ["11", "0", "7.5", "ten", "100"])
async def test_the_form_says_what_is_wrong_with_a_rating_while_it_is_typed(
    tmp_path: Path, session: MeetingSession, typed: str
) -> None:
    async with open_review(tmp_path, session, NARROW, "g") as (review, pilot):
        await press(pilot, *("full_stop" if each == "." else each for each in typed))
        assert f"“{typed}” is not a whole number from 1 to 10." in shown(review.screen)

        await press(pilot, "ctrl+s")
        assert session.meeting.ratings is None
        await press(pilot, *("backspace",) * 4, "9")
        assert "not a whole number" not in shown(review.screen)


async def test_the_review_shows_decisions_per_hour_cost_and_lost_time(
    tmp_path: Path, session: MeetingSession
) -> None:
    async with open_review(tmp_path, session, WIDE) as (review, _pilot):
        told = str(review.screen.query_one("#meeting-value", Static).content)
        assert told.replace("\N{NO-BREAK SPACE}", " ") == ("Decisions: 0 in 30 min · ¥260")


def shown(form: Screen[Any]) -> str:
    return " ".join(str(each.content) for each in form.query(Static))
