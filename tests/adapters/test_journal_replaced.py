"""A journal that another program replaces, truncates or deletes while a meeting writes it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.adapters.event_codec import JournalLine, encode_line
from facilitator.adapters.in_memory import ManualClock
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import read_journal, read_steps
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import DiskMinutes, MeetingsFolder
from facilitator.domain.errors import JournalReplacedError
from facilitator.domain.event_history import replay
from facilitator.domain.rules import actions, decisions, notes
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import ON, OPENED, action_draft, agenda, carried, meeting_events

EVENTS = meeting_events()
LINES = [encode_line(JournalLine(number=n, event=event)) for n, event in enumerate(EVENTS, start=1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def an_older_copy_takes_its_place(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(b"".join(LINES[:3]))
    copy.replace(path)


def an_older_copy_is_written_into_it(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(len(b"".join(LINES[:3])))


def it_is_emptied(path: Path) -> None:
    os.truncate(path, 0)


def it_is_deleted(path: Path) -> None:
    path.unlink()


def lines_of_another_machine_are_added(path: Path) -> None:
    with path.open("ab") as file:
        file.write(LINES[5])


def a_link_takes_its_place(path: Path) -> None:
    elsewhere = path.with_name("elsewhere")
    elsewhere.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(elsewhere)


CHANGES = [
    an_older_copy_takes_its_place,
    an_older_copy_is_written_into_it,
    it_is_emptied,
    it_is_deleted,
    lines_of_another_machine_are_added,
    a_link_takes_its_place,
]
change_of_the_file = pytest.mark.parametrize("change", CHANGES)


def recovered_files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.recovered-*.jsonl"))


def journal_of(path: Path, count: int) -> JournalFile:
    journal = JournalFile(path)
    for event in EVENTS[:count]:
        journal.append(event)
    return journal


def content_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@change_of_the_file
def test_all_steps_are_kept_beside_the_changed_file_and_nothing_is_written_to_it(
    path: Path, change: Callable[[Path], None]
) -> None:
    journal = journal_of(path, 5)
    change(path)
    there = content_of(path)

    journal.append(EVENTS[5])
    journal.append(EVENTS[6])

    (recovered,) = recovered_files(path)
    assert journal.recovered == recovered
    assert recovered.read_bytes() == b"".join(LINES[:7])
    assert content_of(path) == there
    assert journal.read() == EVENTS[:7]
    journal.close()


@change_of_the_file
def test_put_back_the_steps_are_the_journal_and_the_other_copy_is_kept(
    path: Path, change: Callable[[Path], None]
) -> None:
    journal = journal_of(path, 5)
    change(path)
    there = content_of(path)
    journal.append(EVENTS[5])

    aside = journal.put_back()
    journal.append(EVENTS[6])
    journal.close()

    assert path.read_bytes() == b"".join(LINES[:7])
    assert not path.is_symlink()
    assert recovered_files(path) == []
    assert (aside.read_bytes() if aside else None) == there


def test_an_equal_copy_that_took_its_place_is_written_on(path: Path) -> None:
    journal = journal_of(path, 5)
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.replace(path)

    journal.append(EVENTS[5])
    journal.close()

    assert journal.recovered is None
    assert path.read_bytes() == b"".join(LINES[:6])


def test_the_recovered_steps_are_recovered_again_where_they_are_replaced_too(path: Path) -> None:
    journal = journal_of(path, 5)
    path.unlink()
    journal.append(EVENTS[5])
    recovered_files(path)[0].write_bytes(b"")
    journal.append(EVENTS[6])
    journal.close()

    assert [file.read_bytes() for file in recovered_files(path)] == [b"", b"".join(LINES[:7])]
    with pytest.raises(JournalReplacedError):
        JournalFile(path)
    reopened = JournalFile(path, accept_damage=True)
    assert reopened.read() == EVENTS[:7]
    reopened.put_back()
    reopened.close()
    assert path.read_bytes() == b"".join(LINES[:7])


def test_a_journal_is_not_opened_over_recovered_steps_until_that_is_accepted(path: Path) -> None:
    journal = journal_of(path, 5)
    an_older_copy_takes_its_place(path)
    journal.append(EVENTS[5])
    journal.close()

    with pytest.raises(JournalReplacedError, match=recovered_files(path)[0].name):
        JournalFile(path)
    assert path.read_bytes() == b"".join(LINES[:3])
    reopened = JournalFile(path, accept_damage=True)
    assert reopened.read() == EVENTS[:6]
    assert reopened.other_events() == EVENTS[:3]
    reopened.close()


def test_a_byte_order_mark_before_the_journal_is_read_over_and_kept(path: Path) -> None:
    content = b"\xef\xbb\xbf" + b"".join(LINES[:5])
    path.write_bytes(content)
    assert read_journal(path).events == EVENTS[:5]
    assert read_journal(path).problems == ()

    journal = JournalFile(path)
    journal.append(EVENTS[5])
    journal.close()
    assert path.read_bytes() == content + LINES[5]


@pytest.mark.parametrize("broken", [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x80", b"\xf5"])
@pytest.mark.parametrize("place", [b'"type":"', b'"text":"', b'{"'])
def test_bytes_that_are_no_text_are_a_damaged_line(path: Path, broken: bytes, place: bytes) -> None:
    line = next(number for number, each in enumerate(LINES) if place in each)
    damaged = LINES[line].replace(place, place + broken, 1)
    path.write_bytes(b"".join((*LINES[:line], damaged, *LINES[line + 1 :])))

    reading = read_journal(path)

    assert [problem.line for problem in reading.problems] == [line + 1]
    assert reading.events == EVENTS[:line] + EVENTS[line + 1 :]


def test_a_line_nested_beyond_measure_is_a_damaged_line(path: Path) -> None:
    path.write_bytes(LINES[0] + b"[" * 100_000 + b"\n" + LINES[2])
    assert [problem.line for problem in read_journal(path).problems] == [2]


def session_in(folder: MeetingsFolder) -> MeetingSession:
    meeting_id, journal, minutes = folder.start("weekly", ON)
    return MeetingSession.open(
        agenda(),
        carried(),
        journal=journal,
        minutes=minutes,
        clock=ManualClock(OPENED),
        language=Language(),
        meeting_id=meeting_id,
    )


def resumed(folder: MeetingsFolder, meeting_id: MeetingId) -> MeetingSession:
    journal, minutes = folder.open(meeting_id, accept_damage=True)
    session = MeetingSession.open_existing(
        journal=journal,
        minutes=minutes,
        clock=ManualClock(OPENED),
        language_of=lambda _tag: Language(),
        meeting_id=meeting_id,
    )
    session.merge_journal()
    return session


def test_what_another_copy_has_besides_is_taken_over_with_numbers_of_its_own(
    tmp_path: Path,
) -> None:
    folder = MeetingsFolder(tmp_path)
    session = session_in(folder)
    session.step(notes.take_note, "Common")
    assert session.meeting_id
    file = folder.folder(session.meeting_id) / "journal.jsonl"
    elsewhere = tmp_path / "elsewhere.jsonl"
    shutil.copyfile(file, elsewhere)
    other = JournalFile(elsewhere)
    theirs = MeetingSession.open_existing(
        journal=other,
        minutes=DiskMinutes(tmp_path / "minutes.md"),
        clock=ManualClock(OPENED),
        language_of=lambda _tag: Language(),
    )
    theirs.step(notes.take_note, "Written elsewhere")
    theirs.step(actions.add_action, action_draft("Done elsewhere"))
    theirs.step(
        decisions.choose_option,
        theirs.meeting.open_decisions[0].id,
        theirs.meeting.open_decisions[0].options[0].id,
        "Cheaper",
    )
    theirs.leave()
    elsewhere.replace(file)

    added = session.step(actions.add_action, action_draft("Done here")).actions[-1]
    has_recovered = session.recovered is not None
    aside = session.merge_journal()

    assert has_recovered
    assert session.recovered is None
    assert aside is not None
    assert [note.text for note in session.meeting.notes] == [
        "Common",
        "Written elsewhere",
        session.meeting.notes[-1].text,
    ]
    assert session.meeting.notes[-1].text.startswith("From another copy of the journal: ")
    here, elsewhere_done = session.meeting.actions[-2:]
    assert (here.title, elsewhere_done.title) == ("Done here", "Done elsewhere")
    assert here.id == added.id != elsewhere_done.id
    session.leave()
    assert replay(read_journal(file).events) == session.meeting


@change_of_the_file
def test_a_meeting_left_after_its_journal_was_changed_is_whole_when_it_is_resumed(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    folder = MeetingsFolder(tmp_path)
    session = session_in(folder)
    assert session.meeting_id
    session.step(notes.take_note, "Before")
    change(folder.folder(session.meeting_id) / "journal.jsonl")
    session.step(notes.take_note, "After")
    session.write_minutes()
    session.leave()

    with pytest.raises(JournalReplacedError):
        folder.open(session.meeting_id)
    again = resumed(folder, session.meeting_id)
    assert [note.text for note in again.meeting.notes][:2] == ["Before", "After"]
    path = again.write_minutes()
    assert "After" in path.read_text(encoding="utf-8")
    again.leave()
    folder.open(session.meeting_id)[0].close()


def test_minutes_that_hold_more_than_the_journal_are_kept(tmp_path: Path) -> None:
    folder = MeetingsFolder(tmp_path)
    session = session_in(folder)
    assert session.meeting_id
    file = folder.folder(session.meeting_id) / "journal.jsonl"
    session.step(notes.take_note, "In both")
    older = file.read_bytes()
    session.step(notes.take_note, "Only in the minutes")
    written = session.write_minutes()
    text = written.read_text(encoding="utf-8")
    session.leave()
    file.write_bytes(older)  # put back while no program had it open

    again = resumed(folder, session.meeting_id)
    again.write_minutes()

    assert again.minutes_kept is not None
    assert again.minutes_kept.read_text(encoding="utf-8") == text
    assert "Only in the minutes" not in written.read_text(encoding="utf-8")
    again.step(meeting_rules.save_draft, "note", (("text", "x"),))
    again.leave()


def test_minutes_of_a_meeting_that_went_on_replace_those_before(tmp_path: Path) -> None:
    session = session_in(MeetingsFolder(tmp_path))
    session.write_minutes()
    session.step(notes.take_note, "One more")
    path = session.write_minutes()

    assert session.minutes_kept is None
    assert [file.name for file in path.parent.glob("minutes*")] == ["minutes.md"]
    session.leave()


def test_a_meeting_closed_after_its_journal_was_replaced_has_it_put_back(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path)
    session = environment.begin()
    assert session.meeting_id
    file = tmp_path / session.meeting_id / "journal.jsonl"
    older = file.read_bytes()
    session.step(notes.take_note, "Before")
    file.write_bytes(older)
    session.step(notes.take_note, "After")
    closed = environment.close(session)

    assert replay(read_journal(file).events) == closed
    assert [each.name for each in file.parent.glob("journal.replaced-*")]
    anew = LibraryFile(tmp_path / "anew.json")
    assert anew.rebuild(tmp_path) == ()
    assert anew.past() == environment.library.past()


def test_recovered_steps_are_read_in_place_of_the_copy_until_they_are_put_back(
    tmp_path: Path,
) -> None:
    environment = AppEnvironment(tmp_path)
    session = environment.begin()
    assert session.meeting_id
    file = tmp_path / session.meeting_id / "journal.jsonl"
    older = file.read_bytes()
    file.write_bytes(older + b"\n")
    meeting = session.step(notes.take_note, "After")
    session.leave()

    reading = read_steps(file)
    assert replay(reading.events) == meeting
    (problem,) = reading.problems
    assert "journal.recovered-" in problem.translate()
    assert not problem.is_error


def test_a_drive_that_is_gone_at_the_close_releases_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = journal_of(path, 3)
    close = os.close

    def gone(handle: int) -> None:
        close(handle)
        if handle == journal_handle:
            raise OSError(116, "Stale file handle")

    journal_handle = journal._handle
    monkeypatch.setattr(os, "close", gone)
    journal.close()
    monkeypatch.undo()
    again = JournalFile(path)
    assert again.read() == EVENTS[:3]
    again.close()
