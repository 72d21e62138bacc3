"""The review: open points settled or accepted, and the close."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Button, Input

from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.carry_over import CarryOver, Override
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import StorageError
from facilitator.domain.open_points import OpenPoint, open_points
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, decisions, focus
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.session import MeetingSession
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.key_queue import OrderedKeysApp
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.minutes import MinutesText
from facilitator.tui.screens.review import BLOCKING_MARK, OpenPointList, ReviewScreen
from facilitator.tui.widgets.announcement_line import AnnouncementLine
from tests.environment import AppEnvironment
from tests.factories import action_draft, agenda, carried, scorecard
from tests.tui.harness import press, wait_for_workers, wait_until


class ReviewApp(OrderedKeysApp[None]):
    """An app with the review of a meeting."""

    HORIZONTAL_BREAKPOINTS = FacilitatorApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = FacilitatorApp.VERTICAL_BREAKPOINTS

    def __init__(self, environment: AppEnvironment, session: MeetingSession) -> None:
        super().__init__()
        self.environment = environment
        self.session = session
        self.edited: list[OpenPoint] = []
        self.settles: Callable[[OpenPoint], object] = lambda _point: None
        self.results: list[bool | None] = []

    def on_mount(self) -> None:
        review = ReviewScreen(self.environment.services, self.session, self)
        self.push_screen(review, self.results.append)

    def settle(self, point: OpenPoint) -> None:
        self.edited.append(point)
        self.settles(point)

    def keep_draft(self, form: str) -> None:
        raise AssertionError(form)

    def discard_draft(self, form: str) -> None:
        raise AssertionError(form)

    @property
    def points(self) -> tuple[str, ...]:
        """The keys of the open points that are shown."""
        return tuple(line.id for line in self.screen.query_one(OpenPointList).lines)

    @property
    def must_be_settled(self) -> list[bool]:
        """Of each open point, whether its mark says that the close waits for it."""
        lines = self.screen.query_one(OpenPointList).lines
        return [line.mark.startswith(BLOCKING_MARK) for line in lines]

    @property
    def minutes(self) -> str:
        return self.screen.query_one(MinutesText).source

    @property
    def button(self) -> Button:
        return self.screen.query_one("#close", Button)


@pytest.fixture
def review(environment: AppEnvironment, monkeypatch: pytest.MonkeyPatch) -> ReviewApp:
    monkeypatch.setattr(MinutesText, "REFRESH_DELAY", 0.001)
    session = environment.services.begin(agenda(), carried())
    session.step(meeting_rules.load_kpis, scorecard())
    return ReviewApp(environment, session)


def settled_meeting(environment: AppEnvironment) -> MeetingSession:
    """Begin a meeting with nothing open but items that were not reached."""
    return environment.services.begin(replace(agenda(), decisions=()), CarryOver())


async def test_the_review_shows_the_minutes_beside_the_open_points(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)

        assert "# Weekly operations" in review.minutes
        assert set(review.points) == {each.key for each in open_points(review.session.meeting)}
        assert review.button.disabled


async def test_the_front_matter_is_not_shown(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)

        assert review.session.minutes_text().startswith("---\n")
        assert not review.minutes.startswith("---")


async def test_mandatory_open_points_come_first(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)

        musts = review.must_be_settled
        assert musts == sorted(musts, reverse=True)
        assert True in musts
        assert False in musts


async def test_enter_settles_an_open_point_and_updates_list_and_minutes(
    review: ReviewApp,
) -> None:
    review.settles = lambda end: review.session.step(
        decisions.drop_decision, DecisionId(end.id), "It sold out"
    )
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        before = review.points
        await press(pilot, "enter")

        assert [end.key for end in review.edited] == ["decision:D2"]
        assert review.points == before[1:]
        await wait_until(pilot, lambda: "It sold out" in review.minutes)


async def test_an_open_point_is_accepted_with_a_reason(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("o")
        await pilot.pause()
        review.screen.query_one(Input).value = "The boss is away"
        await press(pilot, "enter")

        assert review.session.meeting.accepted == (
            Override(subject="decision:D2", reason="The boss is away"),
        )
        assert "decision:D2" not in review.points


async def test_closing_is_refused_with_mandatory_open_points(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await press(pilot, "x")

        assert not review.session.meeting.is_closed
        assert review.results == []


async def test_with_everything_settled_x_and_enter_close_the_meeting(
    environment: AppEnvironment,
) -> None:
    review = ReviewApp(environment, settled_meeting(environment))
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("x", "enter")
        await pilot.pause()
        await pilot.press("ctrl+s")  # nobody gives a rating
        await wait_for_workers(pilot)

        assert review.results == [True]
    assert review.session.meeting.is_closed
    minutes = (environment.folder / "2026-11-23-weekly" / "minutes.md").read_text(encoding="utf-8")
    assert "draft" not in minutes
    assert environment.services.resumable() == ()


async def test_the_review_says_that_nothing_is_open(environment: AppEnvironment) -> None:
    session = settled_meeting(environment)
    session.step(focus.answer_focus, "Cash")
    for progress in session.meeting.unreached:
        session.step(clock_rules.drop_item, progress.item.id, "Not today")
    review = ReviewApp(environment, session)
    async with review.run_test(size=(80, 24)) as pilot:
        await wait_for_workers(pilot)
        standing = review.screen.query_one("#closing-status")

        assert review.points == ()
        said = "".join(strip.text for strip in standing.render_lines(standing.size.region))
        assert "Everything is settled" in said


async def test_closing_can_be_tried_again_after_a_failed_write_of_the_minutes(
    environment: AppEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = ReviewApp(environment, settled_meeting(environment))

    def refuse(*_args: object) -> None:
        raise StorageError("The disk is full.")

    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        with monkeypatch.context() as full:
            full.setattr(LibraryFile, "record", refuse)
            await pilot.press("x", "enter")
            await pilot.pause()
            await press(pilot, "ctrl+s")
            assert isinstance(review.screen, ReviewScreen)
            assert review.results == []

        await press(pilot, "x", "enter")
        assert review.results == [True]
    carried_on = environment.library.carried("weekly", review.session.meeting.date)
    assert carried_on.met_on == review.session.meeting.date


async def test_a_failed_write_of_the_journal_keeps_the_meeting_open(
    environment: AppEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = settled_meeting(environment)
    review = ReviewApp(environment, session)

    def refuse(*_args: object) -> None:
        raise StorageError("The disk is full.")

    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        with monkeypatch.context() as full:
            full.setattr("facilitator.adapters.journal_file.JournalFile.append", refuse)
            await press(pilot, "x", "enter")

        assert not session.meeting.is_closed
        assert review.results == []


async def test_escape_returns_to_the_meeting(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await press(pilot, "escape")

    assert review.results == [False]
    assert not review.session.meeting.is_closed


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (240, 70)])
async def test_minutes_list_and_button_are_visible_at_any_size(
    review: ReviewApp, size: tuple[int, int]
) -> None:
    async with review.run_test(size=size) as pilot:
        await wait_for_workers(pilot)
        parts = [review.screen.query_one(kind) for kind in (MinutesText, OpenPointList, Button)]

        assert all(review.screen.region.contains_region(part.region) for part in parts)
        assert all(part.region.height >= 1 for part in parts)
        assert not parts[0].region.overlaps(parts[1].region)
        assert not parts[1].region.overlaps(parts[2].region)


async def test_brackets_in_typed_text_are_shown_as_text(environment: AppEnvironment) -> None:
    session = settled_meeting(environment)
    asked = replace(agenda().decisions[0], question="Buy [bold red]now[/] or [never")
    session.step(decisions.propose_decision, asked)
    review = ReviewApp(environment, session)
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        lines = review.screen.query_one(OpenPointList)
        shown = "".join(strip.text for strip in lines.render_lines(lines.size.region))

        assert "[bold red]now[/] or" in " ".join(shown.split())


async def test_one_letter_does_not_close_the_meeting(environment: AppEnvironment) -> None:
    review = ReviewApp(environment, settled_meeting(environment))
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await press(pilot, "x")

        assert not review.session.meeting.is_closed
        assert review.focused is review.button
        await press(pilot, "escape")
    assert review.results == [False]


async def test_the_cursor_stays_in_the_list_when_the_last_blocking_point_is_settled(
    review: ReviewApp,
) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await press(pilot, "O", *"Late", "enter")

        assert not any(review.must_be_settled)
        assert review.focused is review.screen.query_one(OpenPointList)


async def test_what_is_left_open_at_once_says_how_many_and_one_undo_takes_it_back(
    review: ReviewApp,
) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        before, count = review.points, sum(review.must_be_settled)
        await press(pilot, "O")
        assert f"Leave {count} points open" in str(review.screen.query_one(".window").border_title)
        await press(pilot, *"Late", "enter")
        assert said(review) == f"{count} points left open · u undoes"

        await press(pilot, "u")
        assert review.points == before
        assert said(review) == f"Undid: {count} points left open"


def said(review: ReviewApp) -> str:
    return str(review.screen.query_one(AnnouncementLine).content)


async def test_all_open_points_are_accepted_with_one_reason(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("O")
        await pilot.pause()
        review.screen.query_one(Input).value = "Next week"
        await press(pilot, "enter")

        assert {each.reason for each in review.session.meeting.accepted} == {"Next week"}
        assert not any(review.must_be_settled)


async def test_owners_accept_action_items_at_the_read_back_and_the_minutes_list_the_rest(
    environment: AppEnvironment,
) -> None:
    session = environment.services.begin(replace(agenda(), decisions=()), CarryOver())
    for owner in ("mei", "tom"):
        draft = action_draft("Order 400 lids", owner=PersonId(owner))
        session.step(actions.add_action, draft)
    review = ReviewApp(environment, session)
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("t")
        await pilot.pause()
        await press(pilot, "space", "enter")

        assert len([each for each in session.meeting.open_actions if each.is_taken]) == 1
        await wait_until(pilot, lambda: "Not yet confirmed" in review.minutes)
        assert "(A2)" in review.minutes or "(A1)" in review.minutes


@asynccontextmanager
async def open_meeting(
    environment: AppEnvironment, session: MeetingSession
) -> AsyncIterator[tuple[FacilitatorApp, Pilot[int]]]:
    """Start the app in this meeting."""
    ui = FacilitatorApp(environment.lobby_context)
    async with ui.run_test(size=(120, 40)) as pilot:
        await ui.push_screen(MeetingScreen(environment.services, session, scorecard()))
        await wait_for_workers(pilot)
        yield ui, pilot


async def test_an_action_item_carried_over_twice_is_ruled_on(tmp_path: Path) -> None:
    left = carried()
    old = tuple(replace(each, carried=2) for each in left.actions)
    environment = AppEnvironment(tmp_path)
    session = environment.services.begin(
        replace(agenda(), decisions=()), replace(left, decisions=(), actions=old)
    )
    async with open_meeting(environment, session) as (ui, pilot):
        await pilot.press("3", "v")
        await pilot.pause()
        ui.screen.query_one("#due", Input).value = "+3d"
        ui.screen.query_one("#reason", Input).value = "The camera comes late"
        await press(pilot, "ctrl+s")

        action = session.meeting.actions[0]
        assert (str(action.due), action.needs_ruling) == ("2026-11-26", False)


async def test_evidence_naming_a_missing_file_is_refused(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path)
    session = environment.services.begin(agenda(), carried())
    async with open_meeting(environment, session) as (ui, pilot):
        await pilot.press("3", "x")
        await pilot.pause()
        ui.screen.query_one(Input).value = "proof.png"
        await press(pilot, "enter")
        assert session.meeting.actions[0].is_open

        (tmp_path / "proof.png").touch()
        await press(pilot, "enter")
        assert session.meeting.actions[0].evidence == "proof.png"


async def test_text_typed_for_another_choice_is_ignored(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path)
    session = environment.services.begin(agenda(), carried())
    async with open_meeting(environment, session) as (ui, pilot):
        await pilot.press("3", "v")
        await pilot.pause()
        ui.screen.query_one("#due", Input).value = "no date at all"
        await pilot.press("up", "enter")  # the last way out: kill it
        ui.screen.query_one("#reason", Input).value = "Sold out"
        await press(pilot, "ctrl+s")

        assert session.meeting.actions[0].is_given_up_by_ruling


async def test_minutes_that_are_shown_early_do_not_take_the_focus(review: ReviewApp) -> None:
    async with review.run_test(size=(120, 40)) as pilot:
        await wait_for_workers(pilot)
        review.screen.set_focus(None)
        review.screen.query_one(MinutesText).refresh_now()
        await wait_for_workers(pilot)

        assert review.screen.focused is None
