"""What lies under a name that is read: only a regular file of a likely size is read."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.atomic_file import UnreadableFileError
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_follower import JournalFollower
from facilitator.adapters.journal_reader import read_journal
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.adapters.publication_file import read_publication
from facilitator.adapters.regular_file import read_regular
from facilitator.adapters.reports.custom_reports import read_custom_reports
from facilitator.domain.errors import StorageError
from facilitator.session.stored_meetings import MeetingId

MEETING = MeetingId("2026-11-23-weekly")


def put_pipe(file: Path) -> None:
    os.mkfifo(file)


def put_socket(file: Path) -> None:
    here = Path.cwd()
    os.chdir(file.parent)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(file.name)
    os.chdir(here)


def put_device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def put_huge_file(file: Path) -> None:
    file.touch()
    os.truncate(file, 3_000_000_000)


obstacles = pytest.mark.parametrize("put", [put_pipe, put_socket, put_device, put_huge_file])
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")


@obstacles
def test_it_is_refused_at_once(tmp_path: Path, put: Callable[[Path], None]) -> None:
    put(tmp_path / "file")
    with pytest.raises(UnreadableFileError):
        read_regular(tmp_path / "file")


def test_a_file_that_is_missing_is_no_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "file")


@obstacles
@pytest.mark.parametrize("name", ["agenda.toml", "kpis.toml", "reports.toml", "pre-read.json"])
def test_files_beside_an_agenda_are_refused_with_a_sentence(
    tmp_path: Path, put: Callable[[Path], None], name: str
) -> None:
    put(tmp_path / name)
    _agenda, agenda_problems = read_agenda(tmp_path / "agenda.toml")
    _kpis, kpi_problems = read_definitions(tmp_path, ())
    _reports, report_problems = read_custom_reports(tmp_path / "reports.toml")
    _sent, stamp_problems = read_publication(tmp_path / "agenda.toml")

    problems = [*agenda_problems, *kpi_problems, *report_problems, *stamp_problems]
    assert any(each.file == str(tmp_path / name) for each in problems)


@obstacles
def test_files_in_the_meetings_folder_are_refused_with_a_sentence(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    folder = tmp_path / MEETING
    folder.mkdir()
    for file in (folder / "journal.jsonl", folder / "minutes.md", tmp_path / "incidents.jsonl"):
        put(file)
    archive = MeetingsFolder(tmp_path)

    assert not archive.is_draft(MEETING)
    for act in (
        lambda: read_journal(folder / "journal.jsonl"),
        lambda: JournalFile(folder / "journal.jsonl"),
        JournalFollower(folder / "journal.jsonl").poll,
        lambda: archive.minutes_of(MEETING),
        IncidentJournal(tmp_path).incidents,
    ):
        with pytest.raises(StorageError):
            act()


@obstacles
def test_a_library_that_is_no_file_is_refused_with_a_sentence(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    put(tmp_path / "library.json")
    with pytest.raises(StorageError):
        LibraryFile(tmp_path / "library.json").meetings()
    with pytest.raises(StorageError):
        MeetingsFolder(tmp_path).meetings()
