"""Meetings of an earlier version of the program: their journals and library are still read."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from facilitator.adapters.journal_reader import find_journals, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.action import ActionStatus
from facilitator.domain.decision import Outcome
from facilitator.domain.event_history import replay
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes

EARLIER = Path(__file__).with_name("earlier")
NEXT_WEEK = date(2026, 11, 30)


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    return copytree(EARLIER, tmp_path / "meetings")


def test_the_earlier_journal_gives_the_same_meeting(meetings):
    (found,) = find_journals(meetings)
    reading = read_journal(found.path)
    assert reading.problems == ()
    meeting = replay(reading.events)
    assert [(each.id, each.ruling and each.ruling.outcome) for each in meeting.decisions] == [
        ("D2", None),
        ("D3", Outcome.CHOSEN),
        ("D4", Outcome.POSTPONED),
        ("D5", None),
    ]
    assert [(each.id, each.status, each.carried) for each in meeting.actions] == [
        ("A4", ActionStatus.OPEN, 1),
        ("A5", ActionStatus.OPEN, 0),
        ("A6", ActionStatus.DONE, 0),
    ]
    assert "Join the winter sale?" in render_minutes(meeting, Language(), meeting.seen_at)


def test_a_ruling_without_a_day_gets_the_day_in_the_teams_time_zone(meetings):
    (found,) = find_journals(meetings)
    ruled = replay(read_journal(found.path).events).decisions[1]
    assert ruled.settled_on == date(2026, 11, 23)


def test_the_earlier_library_is_brought_up_to_date_without_a_problem(meetings):
    library = LibraryFile(meetings / "library.json")
    before = library.carried("weekly", NEXT_WEEK)
    assert library.past().meetings == ()
    assert library.sync(meetings) == ()
    assert not list(meetings.glob("*.damaged.json"))
    after = library.carried("weekly", NEXT_WEEK)
    assert (after.actions, after.topics, after.numbers) == (
        before.actions, before.topics, before.numbers
    )  # fmt: skip
    assert [each.id for each in after.decisions] == [each.id for each in before.decisions]
    past = library.past()
    assert ([each.promised for each in past.meetings], len(past.decisions)) == ([2], 4)
    assert library.rebuild(meetings) == ()
    assert library.past() == past
