"""The meetings folder: names, locks, and lists from the library."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import JournalContent, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.errors import JournalError, StorageError
from facilitator.session.stored_meetings import MeetingId
from tests.factories import ON, STARTS, MeetingHarness, agenda, meeting_events


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "meetings"


def hold_meeting(
    root: Path, on: date, *, is_closed: bool = True, series: str = "weekly"
) -> MeetingId:
    """Hold a meeting on a day; return its id."""
    meeting_id, journal, _ = MeetingsFolder(root).start(series, on)
    harness = MeetingHarness(agenda(series=series, starts=STARTS + (on - ON)))
    if is_closed:
        harness.close()
    for event in harness.events:
        journal.append(event)
    journal.close()
    return meeting_id


def test_a_meeting_gets_a_folder_named_by_day_and_series(root):
    meeting_id, journal, minutes = MeetingsFolder(root).start("weekly", ON)
    journal.append(meeting_events()[0])
    minutes.write("# Minutes\n")
    assert meeting_id == "2026-11-23-weekly"
    names = {path.name for path in (root / meeting_id).iterdir()}
    assert {"journal.jsonl", "minutes.md"} <= names


def test_a_second_meeting_of_a_day_gets_a_number(root):
    folder = MeetingsFolder(root)
    ids = []
    for event in meeting_events()[:3]:
        meeting_id, journal, _minutes = folder.start("weekly", ON)
        journal.append(event)
        journal.close()
        ids.append(meeting_id)
    assert ids == ["2026-11-23-weekly", "2026-11-23-weekly-2", "2026-11-23-weekly-3"]


def test_a_folder_without_any_event_is_used_again(root):
    folder = MeetingsFolder(root)
    folder.start("weekly", ON)[1].close()

    assert folder.start("weekly", ON)[0] == "2026-11-23-weekly"


@pytest.mark.parametrize("series", ["../up", "a/b", "", "week ly", "周会", "a\n", ".."])
def test_a_series_that_cannot_be_a_folder_name_is_refused(root, series):
    with pytest.raises(StorageError, match="cannot be the name of a meeting"):
        MeetingsFolder(root).start(series, ON)


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "../2026-11-23-weekly",
        "2026-11-23-weekly/../x",
        "/etc",
        "library.json",
        "2026-11-23-a\n",
    ],
)
def test_a_meeting_id_cannot_leave_the_folder(root, name):
    with pytest.raises(StorageError, match="cannot be the name of a meeting"):
        MeetingsFolder(root).open(MeetingId(name))


def test_an_unknown_meeting_is_reported_and_not_created(root):
    with pytest.raises(StorageError, match="There is no meeting"):
        MeetingsFolder(root).open(MeetingId("2026-11-23-weekly"))
    assert not root.exists()


def test_an_interrupted_meeting_is_opened_with_all_its_events(root):
    meeting_id = hold_meeting(root, ON, is_closed=False)
    journal, minutes = MeetingsFolder(root).open(meeting_id)
    assert len(journal.read()) == 1
    assert minutes.write("# Minutes\n").parent.name == meeting_id
    with pytest.raises(StorageError, match="open in another window"):
        MeetingsFolder(root).open(meeting_id)
    journal.close()


def test_a_damaged_meeting_is_reported_and_its_lock_released(root):
    meeting_id = hold_meeting(root, ON)
    path = root / meeting_id / "journal.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, b"?\n", *rest[1:]]))
    folder = MeetingsFolder(root)
    with pytest.raises(JournalError, match="line 2"):
        folder.open(meeting_id)
    journal, _ = folder.open(meeting_id, accept_damage=True)
    assert len(journal.read()) == len(rest)
    journal.close()


def test_meetings_are_listed_newest_first(root):
    days = [ON, ON + timedelta(days=14), ON + timedelta(days=7)]
    ids = [hold_meeting(root, day, is_closed=day == ON) for day in days]
    listed = MeetingsFolder(root).meetings()
    assert [each.id for each in listed] == [ids[1], ids[2], ids[0]]
    assert [each.is_open for each in listed] == [True, True, False]
    assert listed[2].title == "Weekly operations"
    assert listed[2].agenda_file == "agendas/weekly/agenda.toml"
    assert listed[2].seen_at == listed[2].closed_at


def test_an_empty_folder_lists_no_meetings(root):
    assert MeetingsFolder(root).meetings() == ()


def test_other_files_and_folders_are_not_listed(root, tmp_path):
    hold_meeting(root, ON)
    (root / "notes").mkdir()
    (root / "2026-11-24-weekly").mkdir()
    (root / "2026-11-25-weekly").write_text("a file")
    (root / "2026-11-26-weekly").symlink_to(tmp_path, target_is_directory=True)
    (root / "2026-11-27-weekly").mkdir()
    (root / "2026-11-27-weekly" / "journal.jsonl").touch()
    folder = MeetingsFolder(root)
    assert [each.id for each in folder.meetings()] == ["2026-11-23-weekly"]
    assert folder.problems == ()


def test_only_new_and_changed_journals_are_read(root, monkeypatch):
    known = hold_meeting(root, ON)
    opened = hold_meeting(root, ON + timedelta(days=7), is_closed=False)
    MeetingsFolder(root).meetings()
    read: list[str] = []

    def reading(path: Path) -> JournalContent:
        read.append(path.parent.name)
        return read_journal(path)

    monkeypatch.setattr("facilitator.adapters.library_file.read_steps", reading)
    MeetingsFolder(root).meetings()
    assert read == []
    new = hold_meeting(root, ON + timedelta(days=14))
    journal = JournalFile(root / opened / "journal.jsonl")
    harness = MeetingHarness(agenda(starts=STARTS + timedelta(days=7)))
    harness.close()
    for event in harness.events[1:]:
        journal.append(event)
    journal.close()
    listed = MeetingsFolder(root).meetings()
    assert read == [opened, new]
    assert {each.id for each in listed if not each.is_open} == {known, opened, new}


def test_a_meeting_whose_folder_is_gone_is_not_listed(root):
    hold_meeting(root, ON)
    gone = hold_meeting(root, ON + timedelta(days=7))
    folder = MeetingsFolder(root)
    assert len(folder.meetings()) == 2
    for path in (root / gone).iterdir():
        path.unlink()
    (root / gone).rmdir()
    assert [each.id for each in folder.meetings()] == ["2026-11-23-weekly"]


def test_a_damaged_meeting_is_listed_with_its_damage(root):
    meeting_id = hold_meeting(root, ON)
    path = root / meeting_id / "journal.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, b"?\n", *rest[1:]]))
    hopeless = root / "2026-11-24-weekly" / "journal.jsonl"
    hopeless.parent.mkdir()
    hopeless.write_bytes(b"?\n?\n")
    folder = MeetingsFolder(root)
    assert [each.id for each in folder.meetings()] == [meeting_id]
    places = {(problem.file, problem.place()) for problem in folder.problems}
    assert (f"{meeting_id}/journal.jsonl", "line 2") in places
    assert any(file == "2026-11-24-weekly/journal.jsonl" for file, _ in places)


def test_meetings_are_listed_although_the_library_cannot_be_written(root, monkeypatch):
    hold_meeting(root, ON)
    folder = MeetingsFolder(root, LibraryFile(root / "library.json"))

    def refuse(*_: object, **_options: object) -> None:
        raise StorageError("The disk is read-only.")

    monkeypatch.setattr("facilitator.adapters.library_database.replace_file", refuse)
    assert [each.id for each in folder.meetings()] == ["2026-11-23-weekly"]
    assert [str(problem.message) for problem in folder.problems] == ["The disk is read-only."]


def test_a_series_that_differs_from_another_in_case_only_is_refused(root):
    hold_meeting(root, ON)
    folder = MeetingsFolder(root)
    with pytest.raises(StorageError, match="only in upper and lower case"):
        folder.start("Weekly", ON)
    _id, journal, _minutes = folder.start("weekly", ON)
    journal.close()
    assert not list(root.glob("*Weekly*"))


def test_a_disk_that_refuses_a_new_meeting_is_reported(tmp_path):
    (tmp_path / "meetings").write_text("a file")
    with pytest.raises(StorageError, match="2026-11-23-weekly"):
        MeetingsFolder(tmp_path / "meetings").start("weekly", ON)
