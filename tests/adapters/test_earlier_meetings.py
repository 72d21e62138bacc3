"""Meetings of an earlier version of the program: their journals and library are still read."""

import json
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from msgspec.structs import replace

from facilitator.adapters.journal_reader import find_journals, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.action import ActionItem, ActionStatus
from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.event_history import replay
from facilitator.domain.note import ParkedTopic
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
    before = json.loads((meetings / "library.json").read_bytes())
    assert library.past().meetings == ()
    assert library.sync(meetings) == ()
    assert not list(meetings.glob("*.damaged.json"))
    after = library.carried("weekly", NEXT_WEEK)
    actions = [row["open"] for row in before["actions"].values() if "open" in row]
    assert after.actions == msgspec.convert(actions, tuple[ActionItem, ...])
    topics = [row["parked"] for row in before["topics"].values() if "parked" in row]
    without_time = tuple(replace(each, timebox=timedelta()) for each in after.topics)
    assert without_time == msgspec.convert(topics, tuple[ParkedTopic, ...])
    (meeting,) = before["meetings"].values()
    assert after.numbers == replace(msgspec.convert(meeting["numbers"], NextNumbers), note=1)
    assert [each.id for each in after.decisions] == [
        row["id"] for row in before["decisions"].values() if "waiting" in row
    ]
    past = library.past()
    assert ([each.promised for each in past.meetings], len(past.latest(Decision))) == ([2], 4)
    assert library.rebuild(meetings) == ()
    assert library.past() == past
