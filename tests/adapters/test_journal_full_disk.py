"""A full disk: the journal stays as it was, and the next line is complete."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator.adapters.event_codec import JournalLine, encode_line, type_name
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import read_journal
from facilitator.domain.errors import StorageError
from tests.factories import meeting_events

EVENTS = meeting_events()
LINES = [encode_line(JournalLine(number=n, event=event)) for n, event in enumerate(EVENTS, start=1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_a_partially_written_line_is_removed_and_the_next_one_is_complete(path, monkeypatch):
    journal = JournalFile(path)
    journal.append(EVENTS[0])
    write = os.write

    def half(handle: int, content: memoryview) -> int:
        if len(content) < len(LINES[1]):
            raise OSError(28, "No space left on device")
        return write(handle, content[:40])

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", half)
        with pytest.raises(StorageError, match="disk is full"):
            journal.append(EVENTS[1])
    assert path.read_bytes() == LINES[0]
    journal.append(EVENTS[1])
    journal.close()
    assert path.read_bytes() == LINES[0] + LINES[1]


def test_short_writes_are_completed(path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:7]))
    journal = JournalFile(path)
    for event in EVENTS:
        journal.append(event)
    journal.close()
    assert path.read_bytes() == b"".join(LINES)


def test_a_line_that_could_not_be_removed_is_removed_before_the_next(path, monkeypatch):
    journal = JournalFile(path)
    journal.append(EVENTS[0])

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", refuse)
        disk.setattr(os, "ftruncate", refuse)
        for _ in range(2):
            with pytest.raises(StorageError, match="Input/output error"):
                journal.append(EVENTS[1])
    assert path.read_bytes() == LINES[0] + LINES[1]
    journal.append(EVENTS[2])
    journal.close()
    first, second = path.read_bytes().splitlines()
    assert first + b"\n" == LINES[0]
    assert json.loads(second)["n"] == 2
    assert json.loads(second)["type"] == type_name(EVENTS[2])


def test_a_full_disk_leaves_the_journal_as_it_was(path):
    script = """
import resource, sys
from pathlib import Path
from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.errors import StorageError
from facilitator.domain.events.meeting import MeetingOpened
from tests.factories import OPENED, agenda, meeting_events
first, *rest = meeting_events()
journal = JournalFile(Path(sys.argv[1]))
journal.append(first)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
written = 1
resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1]).stat().st_size + 150, hard))
refused = 0
for event in rest:
    try:
        journal.append(event)
        written += 1
    except StorageError:
        refused += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
journal.append(rest[0])
print(written + 1, refused)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    written, refused = map(int, done.stdout.split())
    assert refused > 10
    reading = read_journal(path)
    assert len(reading.events) == written
    assert not reading.problems
    assert reading.good_size == path.stat().st_size
