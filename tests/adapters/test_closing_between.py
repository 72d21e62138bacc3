"""Action items closed between meetings, and steps of meetings: whose word counts."""

import multiprocessing
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import JOURNAL_FILE, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.workspace_lock import lock_workspace
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.errors import RuleError, StorageError
from facilitator.domain.events.actions import ActionClosed, SeenLine
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.rules import actions
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import ON, OPENED, MeetingHarness, action_draft
from tests.library_meetings import WEEK, begin_meeting, library_of_meetings, meeting_id_of

A1, FIRST = ActionId("A1"), MeetingId("2026-11-23-weekly")
FRIDAY, NEW_DATE = date(2026, 11, 27), date(2026, 12, 4)


@pytest.fixture
def environment(tmp_path: Path) -> AppEnvironment:
    return AppEnvironment(tmp_path)


def begin_with_action(environment: AppEnvironment) -> MeetingSession:
    session = environment.begin()
    session.step(actions.add_action, action_draft("Ring", due=FRIDAY))
    return session


def close_a1(folder: Path, *, minutes: int = 0, by: str = "li") -> None:
    """Close A1 with a library of its own, as another process does."""
    LibraryFile(folder / "library.json").close_action(
        A1, "weekly", ActionStatus.DONE, "Mail", OPENED + timedelta(minutes=minutes), by=by
    )


def carried_actions(environment: AppEnvironment) -> list[ActionId]:
    library = LibraryFile(environment.folder / "library.json")
    library.sync(environment.folder)
    return [each.id for each in library.carried("weekly", ON + WEEK).actions]


def test_a_new_date_of_the_room_counts_that_came_after_it_was_done(environment, tmp_path):
    session = begin_with_action(environment)
    close_a1(tmp_path, minutes=5)
    environment.clock.advance(minutes=14)
    session.step(actions.keep_action_open, A1, "Two pictures missing", NEW_DATE)
    environment.close(session)

    assert carried_actions(environment) == [A1]
    environment.clock.advance(hours=24 * 7)
    again = environment.begin()
    assert again.meeting.action(A1).due == NEW_DATE
    assert [each.by for each in again.meeting.overruled] == ["li"]
    (told,) = again.opening.news
    assert told.translate().startswith("A1: li reported it done on 11-23 10:05, but")
    assert "reported done Mon 23\N{NO-BREAK SPACE}Nov by li (Mail)" in again.minutes_text().replace(
        "Mon 23 Nov", "Mon 23\N{NO-BREAK SPACE}Nov"
    )
    environment.close(again)
    environment.clock.advance(hours=24 * 7)
    assert environment.begin().meeting.overruled == ()  # it is told once


@pytest.mark.parametrize("minutes", [-60, 0, 600])
def test_who_had_seen_the_new_date_closes_it_whatever_the_clock_says(
    environment, tmp_path, minutes
):
    session = begin_with_action(environment)
    session.step(actions.keep_action_open, A1, "Two pictures missing", NEW_DATE)
    close_a1(tmp_path, minutes=minutes)
    environment.close(session)
    assert carried_actions(environment) == []
    (found,) = LibraryFile(tmp_path / "library.json").past().latest(ActionItem)
    assert (found.entry.status, found.entry.evidence) == (ActionStatus.DONE, "Mail")


@pytest.mark.parametrize("is_dropped", [True, False])
def test_a_meeting_that_closed_it_otherwise_is_told_as_well(environment, tmp_path, is_dropped):
    session = begin_with_action(environment)
    close_a1(tmp_path, minutes=5)
    rule = actions.drop_action if is_dropped else actions.finish_action
    session.step(rule, A1, "No need")
    environment.close(session)
    overruled = environment.begin().meeting.overruled
    assert [each.action_id for each in overruled] == ([A1] if is_dropped else [])


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_meeting_that_goes_on_says_what_was_closed_meanwhile(environment, tmp_path, is_closed):
    session = begin_with_action(environment)
    if is_closed:
        environment.close(session)
    session.leave()
    close_a1(tmp_path, minutes=5)
    services = environment.services
    session = services.reopen(FIRST, "A slip") if is_closed else services.resume(FIRST)
    assert session.opening is not None
    (told,) = session.opening.news
    assert told.translate().startswith("A1: li reported it done on 11-23 10:05.")


def test_what_is_closed_says_what_it_had_seen(environment, tmp_path):
    begin_with_action(environment)
    lines = len(read_journal(tmp_path / FIRST / JOURNAL_FILE).events)
    close_a1(tmp_path)
    (event,) = read_journal(tmp_path / "between-weekly.jsonl").events
    assert isinstance(event, ActionClosed)
    assert event.seen == SeenLine(meeting=FIRST, line=lines)
    assert event.by == "li"


def test_the_second_to_close_it_is_told_who_did_and_when(environment, tmp_path):
    environment.close(begin_with_action(environment))
    close_a1(tmp_path, minutes=5)
    with pytest.raises(RuleError, match=r"A1 was closed already, by li on 2026-11-23 .*Mail"):
        close_a1(tmp_path, minutes=6, by="sun")
    assert len(read_journal(tmp_path / "between-weekly.jsonl").events) == 1


def test_what_a_meeting_closed_is_said_to_be_closed_there(environment, tmp_path):
    session = begin_with_action(environment)
    session.step(actions.finish_action, A1, "Mail of today")
    environment.close(session)
    with pytest.raises(RuleError, match="closed already, in the meeting 2026-11-23-weekly"):
        close_a1(tmp_path)


def test_an_entry_that_another_computer_wrote_without_a_line_counts_by_its_time(tmp_path):
    library_of_meetings(tmp_path)
    for minutes, is_closed in ((-1, False), (1, True)):
        path = tmp_path / "between-weekly.jsonl"
        journal = JournalFile(path)
        at = OPENED + timedelta(minutes=minutes)
        journal.append(ActionClosed(at=at, action_id=A1, status=ActionStatus.DONE))
        journal.close()
        library = LibraryFile(tmp_path / "library.json")
        library.sync(tmp_path)
        assert (library.open_actions() == ()) == is_closed


def test_the_lock_of_a_workspace_is_held_by_one_at_a_time(tmp_path):
    with (
        lock_workspace(tmp_path),
        pytest.raises(StorageError, match="Try again in a moment"),
        lock_workspace(tmp_path, timeout=0),
    ):
        raise AssertionError
    with lock_workspace(tmp_path, timeout=0):
        pass


def _close_at_the_same_time(
    folder: Path, by: str, start: Barrier, said: "Queue[tuple[str, str]]"
) -> None:
    start.wait()
    try:
        close_a1(folder, by=by)
        said.put((by, ""))
    except RuleError as error:
        said.put((by, str(error)))


def test_of_two_processes_that_close_it_at_once_one_succeeds(environment, tmp_path):
    environment.close(begin_with_action(environment))
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    said: Queue[tuple[str, str]] = context.Queue()
    both = [
        context.Process(target=_close_at_the_same_time, args=(tmp_path, by, start, said))
        for by in ("li", "sun")
    ]
    for each in both:
        each.start()
    answers = dict(said.get(timeout=60) for _each in both)
    for each in both:
        each.join()
    (winner,) = (by for by, text in answers.items() if not text)
    (refused,) = (text for text in answers.values() if text)
    assert f"by {winner} on" in refused
    assert len(read_journal(tmp_path / "between-weekly.jsonl").events) == 1


class Model:
    """A series on disk, and what should become of its action items, by the definition alone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.meetings: list[MeetingHarness] = []
        self.steps: dict[ActionId, tuple[int, int]] = {}
        """The meeting that had each last, and the last line of it about the action item."""
        self.closes: dict[ActionId, list[tuple[int, int]]] = {}
        self.owners: dict[ActionId, str] = {}
        self._written = 0
        self.next_meeting()

    @property
    def now(self) -> MeetingHarness:
        return self.meetings[-1]

    def library(self) -> LibraryFile:
        library = LibraryFile(self.root / "library.json")
        library.sync(self.root)
        return library

    def next_meeting(self) -> None:
        if self.meetings:
            self._room(self.now.close)
        on = ON + len(self.meetings) * WEEK
        harness = begin_meeting(self.library(), on)
        assert {each.id for each in harness.meeting.actions} == self.open_ids()
        self.meetings.append(harness)
        self._written = 0
        for each in harness.meeting.actions:
            self.steps[each.id] = (len(self.meetings), 0)
        self._write()

    def open_ids(self) -> set[ActionId]:
        return {
            each
            for each in self.owners
            if self._is_open_in_room(each) and not self._is_closed(each)
        }

    def _is_open_in_room(self, action_id: ActionId) -> bool:
        meeting = self.steps.get(action_id, (0, 0))[0]
        action = self.meetings[meeting - 1].meeting.action(action_id) if meeting else None
        return action is not None and action.is_open

    def _is_closed(self, action_id: ActionId) -> bool:
        meeting, line = self.steps[action_id]
        return any(at == meeting and seen >= line for at, seen in self.closes.get(action_id, ()))

    def add(self) -> None:
        title = f"Ring {len(self.owners)}"
        self._room(lambda: self.now.add_action(title, due=FRIDAY))

    def touch(self, place: int, *, is_done: bool) -> None:
        ids = [each.id for each in self.now.meeting.open_actions]
        if ids:
            action_id = ids[place % len(ids)]
            rule: Callable[..., MeetingEvent] = actions.finish_action
            words: tuple[object, ...] = ("Mail",)
            if not is_done:
                rule, words = actions.keep_action_open, ("Late", self.now.meeting.date + WEEK)
            self._room(lambda: self.now.step(rule, action_id, *words), action_id)

    def undo(self) -> None:
        """Undo the last step; that is about its action item, even if it changes nothing."""
        if (step := self.now.history.last_step) is not None:
            self._room(self.now.undo, getattr(step, "action_id", None))

    def _room(self, step: Callable[[], object], action_id: ActionId | None = None) -> None:
        before = {each.id: each for each in self.now.meeting.actions}
        step()
        after = {each.id: each for each in self.now.meeting.actions}
        for each in before.keys() | after.keys():
            if each == action_id or before.get(each) != after.get(each):
                self.steps[each] = (len(self.meetings), len(self.now.events))
        for each in after.keys() - before.keys():
            if each not in self.owners:
                self.owners[each] = after[each].title
            assert self.owners[each] == after[each].title  # one owner of each number
        self._write()

    def _write(self) -> None:
        path = self.root / meeting_id_of(self.now) / JOURNAL_FILE
        path.parent.mkdir(exist_ok=True)
        journal = JournalFile(path)
        for event in self.now.events[self._written :]:
            journal.append(event)
        journal.close()
        self._written = len(self.now.events)

    def close(self, place: int, minutes: int) -> None:
        """Close one from outside, by a clock that is wrong by this."""
        ids = sorted(self.owners)
        if not ids:
            return
        action_id, was_open = ids[place % len(ids)], self.open_ids()
        at = self.now.clock.now() + timedelta(minutes=minutes)
        try:
            self.library().close_action(action_id, "weekly", ActionStatus.DONE, "Mail", at)
        except RuleError:
            assert action_id not in was_open
        else:
            assert action_id in was_open
            meeting, _line = self.steps[action_id]
            seen = len(self.meetings[meeting - 1].events)
            self.closes.setdefault(action_id, []).append((meeting, seen))

    def close_unseen(self, place: int, back: int, minutes: int) -> None:
        """Let an entry arrive that another computer wrote some lines ago."""
        ids = sorted(self.owners)
        if not ids:
            return
        action_id = ids[place % len(ids)]
        meeting, _line = self.steps[action_id]
        harness = self.meetings[meeting - 1]
        line = max(len(harness.events) - back, 1)
        journal = JournalFile(self.root / "between-weekly.jsonl")
        journal.append(
            ActionClosed(
                at=harness.clock.now() + timedelta(minutes=minutes),
                action_id=action_id,
                status=ActionStatus.DONE,
                seen=SeenLine(meeting=meeting_id_of(harness), line=line),
            )
        )
        journal.close()
        self.closes.setdefault(action_id, []).append((meeting, line))


_places, _minutes = st.integers(0, 5), st.sampled_from((-999, -5, 0, 5, 999))
OPERATIONS = st.one_of(
    st.just(("add",)),
    st.just(("undo",)),
    st.just(("next_meeting",)),
    st.tuples(st.just("redate"), _places),
    st.tuples(st.just("finish"), _places),
    st.tuples(st.just("close"), _places, _minutes),
    st.tuples(st.just("close_unseen"), _places, st.integers(0, 6), _minutes),
)


@given(operations=st.lists(OPERATIONS, min_size=4, max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_of_steps_and_closings_leaves_one_owner_and_the_last_word(operations):
    with TemporaryDirectory() as folder:
        model = Model(Path(folder))
        model.add()
        for name, *values in operations:
            if name in ("redate", "finish"):
                model.touch(*values, is_done=name == "finish")
            else:
                getattr(model, name)(*values)
            assert {each.action.id for each in model.library().open_actions()} == model.open_ids()
        model.next_meeting()
        rebuilt = LibraryFile(Path(folder) / "again.json")
        rebuilt.rebuild(Path(folder))
        assert rebuilt.carried("weekly", ON + 60 * WEEK) == model.library().carried(
            "weekly", ON + 60 * WEEK
        )


def test_an_action_item_is_done_late_by_the_day_that_was_agreed_then(environment, tmp_path):
    environment.close(begin_with_action(environment))
    LibraryFile(tmp_path / "library.json").close_action(
        A1, "weekly", ActionStatus.DONE, "Mail", OPENED, on=date(2026, 11, 30)
    )
    (found,) = LibraryFile(tmp_path / "library.json").past().latest(ActionItem)
    assert (found.entry.closed_on, found.entry.days_late) == (date(2026, 11, 30), 3)
    assert replace(found.entry, due=NEW_DATE).days_late == 3
