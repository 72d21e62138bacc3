"""Files are replaced and folders made so that a crash leaves no trace and loses nothing."""

import os
import stat
from pathlib import Path

import pytest

from facilitator.adapters import atomic_file
from facilitator.adapters.agenda_file import create_agenda
from facilitator.adapters.atomic_file import create_file, make_folder, replace_file
from facilitator.adapters.between_files import between_file
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionStatus
from facilitator.domain.errors import FacilitatorError, StorageError
from facilitator.domain.rules import incidents
from tests.factories import ON, OPENED, STARTS, incident_draft
from tests.library_meetings import add_action, begin_meeting, end_meeting

OLD = 2 * 24 * 60 * 60
LEFT = ".notes.md.0a1b2c3d.tmp"


def leave(folder: Path, name: str, age: float = OLD) -> Path:
    """Leave a file behind, written some seconds ago."""
    file = folder / name
    file.write_text("left")
    then = file.stat().st_mtime - age
    os.utime(file, (then, then))
    return file


def test_what_a_killed_program_left_is_removed_by_the_next_write(tmp_path: Path) -> None:
    left = leave(tmp_path, LEFT)
    replace_file(tmp_path / "notes.md", b"new")
    assert not left.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["notes.md"]


@pytest.mark.parametrize(
    ("name", "age"),
    [
        (LEFT, 60),
        (".other.md.0a1b2c3d.tmp", OLD),
        (".notes.md.mine.tmp", OLD),
        (".notes.md.0a1b2c3d.tmp.bak", OLD),
        ("notes.md.0a1b2c3d.tmp", OLD),
        (".notesXmd.0a1b2c3d.tmp", OLD),
    ],
)
def test_a_young_file_and_one_of_another_name_stay(tmp_path: Path, name: str, age: float) -> None:
    kept = leave(tmp_path, name, age)
    replace_file(tmp_path / "notes.md", b"new")
    assert kept.read_text() == "left"


def test_a_folder_with_the_name_of_a_temporary_file_stays(tmp_path: Path) -> None:
    (tmp_path / LEFT).mkdir()
    os.utime(tmp_path / LEFT, (0, 0))
    replace_file(tmp_path / "notes.md", b"new")
    assert (tmp_path / LEFT).is_dir()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Collect the folders that are synced."""
    found: list[Path] = []
    monkeypatch.setattr(atomic_file, "sync_folder", found.append)
    return found


def test_every_new_folder_is_synced_into_its_parent(tmp_path: Path, synced: list[Path]) -> None:
    make_folder(tmp_path / "a" / "b" / "c", is_private=True)
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "a/b", tmp_path / "a/b/c")]
    assert modes[1] == 0o700 != modes[0]
    synced.clear()
    make_folder(tmp_path / "a" / "b" / "c")
    assert synced == []


def test_a_new_workspace_is_synced_from_its_root_to_its_files(
    tmp_path: Path, synced: list[Path]
) -> None:
    meetings = tmp_path / "work" / "meetings"
    _id, journal, _minutes = MeetingsFolder(meetings).start("weekly", ON)
    journal.close()
    assert synced[:3] == [tmp_path, tmp_path / "work", meetings]
    synced.clear()
    other = tmp_path / "other"
    IncidentJournal(other).step(incidents.report_incident, OPENED, incident_draft())
    assert tmp_path in synced
    synced.clear()
    file = tmp_path / "new" / "agendas" / "weekly" / "agenda.toml"
    create_agenda(file, title="T", series="weekly", starts=STARTS, language="en")
    assert synced == [tmp_path, tmp_path / "new", tmp_path / "new" / "agendas", file.parent]


def test_a_file_in_the_place_of_a_folder_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "a" / "b")


def test_a_new_file_that_cannot_be_written_as_a_whole_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        create_file(tmp_path / "agenda.toml", b"title = 1")
    assert list(tmp_path.iterdir()) == []


def test_a_notice_never_replaces_another_one(tmp_path: Path) -> None:
    log = IncidentJournal(tmp_path)
    first = log.step(incidents.report_incident, OPENED, incident_draft()).incident
    file = log.write_notice(first.id, "Stock is out")
    assert log.write_notice(first.id, "Stock is out") == file
    (tmp_path / "incidents.jsonl").unlink()
    again = log.step(incidents.report_incident, OPENED, incident_draft()).incident

    other = log.write_notice(again.id, "Ads out of control")

    assert (file.read_text(), other.read_text()) == ("Stock is out", "Ads out of control")
    assert other.name == "incident-I1-2.txt"


@pytest.mark.parametrize("series", ["x/../../between-out", "../x", "a/b", "..", ""])
def test_a_series_that_can_be_no_file_name_has_no_file_between_meetings(series: str) -> None:
    with pytest.raises(StorageError, match="cannot be part of the name of a file"):
        between_file(Path("meetings"), series)


def test_a_series_of_another_workspace_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "meetings").mkdir()
    library = LibraryFile(tmp_path / "meetings" / "library.json")
    harness = begin_meeting(library, series="x/../../between-out")
    action = add_action(harness, "Pay")
    end_meeting(library, harness)

    with pytest.raises(FacilitatorError):
        library.close_action(action, "x/../../between-out", ActionStatus.DONE, "Receipt", OPENED)
    assert not list(tmp_path.glob("*.jsonl"))
