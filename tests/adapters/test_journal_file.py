"""The journal on disk: safe once acknowledged, repaired at its end, never rewritten."""

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.event_codec import JournalLine, encode_line
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import read_journal
from facilitator.domain.errors import Diagnostic, JournalError, StorageError
from facilitator.domain.event_history import replay
from facilitator.domain.events.meeting import MeetingEvent, MeetingOpened
from tests.factories import OPENED, agenda, meeting_events

EVENTS = meeting_events()
LINES = [encode_line(JournalLine(number=n, event=event)) for n, event in enumerate(EVENTS, start=1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def open_journal(
    path: Path, *, accept_damage: bool = False
) -> tuple[tuple[MeetingEvent, ...], tuple[Diagnostic, ...]]:
    """Open a journal as the next writer; return its events and its problems."""
    journal = JournalFile(path, accept_damage=accept_damage)
    try:
        return journal.read(), journal.problems
    finally:
        journal.close()


def test_appended_events_are_there_for_the_next_writer(path):
    journal = JournalFile(path)
    for event in EVENTS:
        journal.append(event)
        assert read_journal(path).events[-1] == event
    journal.close()
    assert open_journal(path) == (EVENTS, ())
    assert path.read_bytes() == b"".join(LINES)


def test_sequence_numbers_continue_for_the_next_writer(path):
    path.write_bytes(b"".join(LINES[:5]))
    journal = JournalFile(path)
    journal.append(EVENTS[5])
    journal.close()
    assert path.read_bytes() == b"".join(LINES[:6])


def test_a_second_writer_is_refused_until_the_first_is_done(path):
    first = JournalFile(path)
    with pytest.raises(StorageError, match="open in another window"):
        JournalFile(path)
    script = (
        "import sys; from pathlib import Path\n"
        "from facilitator.adapters.journal_file import JournalFile\n"
        "from facilitator.domain.errors import StorageError\n"
        "try: JournalFile(Path(sys.argv[1]))\n"
        "except StorageError as error: print(error)"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "open in another window" in done.stdout
    first.close()
    JournalFile(path).close()


def test_a_second_writer_of_one_line_waits_until_the_first_is_done(path):
    first = JournalFile(path)
    with ThreadPoolExecutor() as pool:
        second = pool.submit(JournalFile, path, timeout=30)
        assert not second.done()
        first.close()
        second.result().close()


def test_a_journal_truncated_at_any_byte_keeps_every_complete_line(path):
    lines = LINES[:4]
    whole = b"".join(lines)
    ends = [len(b"".join(lines[:count])) for count in range(5)]
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        kept = max(count for count, end in enumerate(ends) if end <= size)
        journal = JournalFile(path)
        assert journal.read() == EVENTS[:kept]
        assert bool(journal.problems) == (size not in ends)
        journal.append(EVENTS[kept])
        journal.close()
        assert path.read_bytes() == b"".join(LINES[: kept + 1])


def test_a_removed_partial_line_is_kept_beside_the_journal(path):
    path.write_bytes(LINES[0] + LINES[1][:30])
    _, (problem,) = open_journal(path)
    assert not problem.is_error
    assert "Bytes lost: 30" in str(problem.message)
    assert path.with_suffix(".torn").read_bytes() == LINES[1][:30] + b"\n"


@pytest.mark.parametrize(
    "garbage", [b"\x00" * 40, b"\x00" * 40 + b"\n", b'{"n":3,"type"\n', b"\xff\xfe\n"]
)
def test_an_unreadable_last_line_is_removed(path, garbage):
    path.write_bytes(LINES[0] + LINES[1] + garbage)
    events, problems = open_journal(path)
    assert events == EVENTS[:2]
    assert len(problems) == 1
    assert path.read_bytes() == LINES[0] + LINES[1]


def test_a_last_line_of_a_newer_version_is_reported_and_not_removed(path):
    newer = b'{"n":3,"type":"TeaServed","fact":{}}\n'
    path.write_bytes(LINES[0] + LINES[1] + newer)
    with pytest.raises(JournalError, match=r"line 3.*TeaServed"):
        open_journal(path)
    assert path.read_bytes().endswith(newer)


def test_a_damaged_line_in_the_middle_is_reported_and_later_lines_are_kept(path):
    damaged = b"".join(LINES[:6]) + b"\x00" * 20 + b"\n" + b"".join(LINES[7:])
    path.write_bytes(damaged)
    with pytest.raises(JournalError, match=r"journal\.jsonl, line 7"):
        open_journal(path)
    reading = read_journal(path)
    assert reading.events == EVENTS[:6] + EVENTS[7:]
    assert [problem.place() for problem in reading.problems] == ["line 7"]
    assert path.read_bytes() == damaged


def test_only_the_partial_last_line_is_removed_and_not_a_damaged_one_before_it(path):
    path.write_bytes(LINES[0] + b"?\n" + LINES[2][:9])
    with pytest.raises(JournalError, match="line 2"):
        open_journal(path)
    assert path.read_bytes() == LINES[0] + b"?\n"


def test_a_missing_line_is_reported(path):
    path.write_bytes(b"".join(LINES[:6] + LINES[7:9]))
    with pytest.raises(
        JournalError, match=r"line 7.*Event 7 was expected here, but event 8 was found"
    ):
        open_journal(path)


def test_a_line_written_twice_is_reported_once(path):
    path.write_bytes(b"".join([*LINES[:6], LINES[5], *LINES[6:9]]))
    assert [problem.place() for problem in read_journal(path).problems] == ["line 7"]


def test_a_meeting_can_continue_after_its_damage_is_accepted(path):
    where = next(n for n, event in enumerate(EVENTS) if type(event).__name__ == "NoteTaken")
    damaged = b"".join(LINES[:where]) + b"?\n" + b"".join(LINES[where + 1 : -1])
    path.write_bytes(damaged)
    events, problems = open_journal(path, accept_damage=True)
    said = " ".join(problem.translate() for problem in problems)
    assert f"line {where + 1}" in said
    assert "NoteChanged" in said
    meeting = replay(events)
    assert not meeting.notes
    assert meeting.actions == replay(EVENTS[:-1]).actions
    journal = JournalFile(path, accept_damage=True)
    journal.append(EVENTS[-1])
    journal.close()
    assert path.read_bytes() == damaged + LINES[-1]


@pytest.mark.parametrize("make", ["folder", "link", "pipe"])
def test_anything_but_a_regular_file_is_refused(path, tmp_path, make):
    if make == "folder":
        path.mkdir()
    elif make == "link":
        (tmp_path / "elsewhere").write_bytes(b"precious")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(path)
    with pytest.raises(StorageError, match="not a regular file"):
        JournalFile(path)
    with pytest.raises(StorageError, match="not a regular file"):
        read_journal(path)
    path.rmdir() if make == "folder" else path.unlink()
    JournalFile(path).close()


def test_a_missing_or_inaccessible_folder_is_a_readable_error(tmp_path, path, monkeypatch):
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as disk:
        disk.setattr(os, "open", refuse)
        with pytest.raises(StorageError, match="You have no permission to write"):
            JournalFile(path)
    JournalFile(path).close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_read_only_folder_is_a_readable_error(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="You have no permission to write"):
        JournalFile(tmp_path / "journal.jsonl")
    tmp_path.chmod(0o700)


def test_a_closed_journal_writes_nothing_more(path):
    journal = JournalFile(path)
    journal.append(EVENTS[0])
    journal.close()
    with pytest.raises(StorageError):
        journal.append(EVENTS[1])
    assert path.read_bytes() == LINES[0]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_a_child_process_does_not_inherit_the_lock(path):
    journal = JournalFile(path)
    listed = subprocess.run(
        ["ls", "-l", "/proc/self/fd"], capture_output=True, text=True, check=True, close_fds=False
    )
    journal.close()
    assert str(path.parent) not in listed.stdout


@pytest.mark.parametrize("change", [{"hourly_rate": math.nan}, {"name": "\udc80"}])
def test_an_event_that_cannot_be_decoded_is_never_written(path, change):
    prepared = agenda()
    people = (replace(prepared.people[0], **change), *prepared.people[1:])
    journal = JournalFile(path)
    with pytest.raises(JournalError, match="MeetingOpened"):
        journal.append(MeetingOpened(at=OPENED, agenda=replace(prepared, people=people)))
    journal.append(EVENTS[0])
    journal.close()
    assert path.read_bytes() == LINES[0]
