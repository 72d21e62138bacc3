"""A follower returns each new event once, and partial lines once they are complete."""

from pathlib import Path

import pytest

from facilitator.adapters.event_codec import JournalLine, encode_line
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_follower import JournalFollower
from facilitator.domain.errors import JournalError
from facilitator.domain.events.meeting import MeetingEvent
from tests.factories import meeting_events

EVENTS = meeting_events()
LINES = [encode_line(JournalLine(number=n, event=event)) for n, event in enumerate(EVENTS, start=1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_a_follower_sees_each_event_once(path):
    follower = JournalFollower(path)
    assert follower.poll() == ()
    journal = JournalFile(path)
    assert follower.poll() == ()
    seen: tuple[MeetingEvent, ...] = ()
    for place, event in enumerate(EVENTS):
        journal.append(event)
        if place % 3 == 0:
            seen += follower.poll()
    seen += follower.poll()
    assert seen == EVENTS
    assert follower.poll() == ()
    journal.close()


def test_a_follower_waits_for_the_rest_of_a_partial_line(path):
    for size in range(1, len(LINES[1])):
        path.write_bytes(LINES[0] + LINES[1][:size])
        follower = JournalFollower(path)
        assert follower.poll() == EVENTS[:1]
        with path.open("ab") as file:
            file.write(LINES[1][size:])
        assert follower.poll() == EVENTS[1:2]


def test_a_follower_does_not_read_an_unchanged_file(path, monkeypatch):
    path.write_bytes(LINES[0])
    follower = JournalFollower(path)
    follower.poll()
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("read again"))
    assert follower.poll() == ()


def test_a_follower_skips_a_damaged_line(path):
    path.write_bytes(LINES[0] + b"?\n" + LINES[2])
    assert JournalFollower(path).poll() == (EVENTS[0], EVENTS[2])


def test_a_follower_reports_events_that_are_gone(path):
    path.write_bytes(LINES[0] + LINES[1])
    follower = JournalFollower(path)
    follower.poll()
    path.write_bytes(LINES[0])
    with pytest.raises(JournalError, match="Start following it again"):
        follower.poll()
