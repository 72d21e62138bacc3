"""A journal that is empty, missing or a dangling link is told, and what is known of it stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.journal_reader import JOURNAL_FILE
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.errors import StorageError
from tests.environment import AppEnvironment
from tests.factories import ON, action_draft, agenda
from tests.library_meetings import WEEK, library_of_meetings

SECOND = "2026-11-30-weekly"


def empty(journal: Path) -> None:
    journal.write_bytes(b"")


def remove(journal: Path) -> None:
    journal.unlink()


def dangle(journal: Path) -> None:
    journal.unlink()
    journal.symlink_to(journal.parent / "nowhere.jsonl")


def link_to_nothing(journal: Path) -> None:
    folder = journal.parent
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(folder.parent / "nowhere", target_is_directory=True)


LOSSES = [empty, remove, dangle, link_to_nothing]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("is_rebuilt", [True, False])
def test_it_is_told_each_time_with_its_path_and_nothing_is_forgotten(tmp_path, lose, is_rebuilt):
    before = library_of_meetings(tmp_path, weeks=2)
    carried, past = before.carried("weekly", ON + 2 * WEEK), before.past()
    journal = tmp_path / SECOND / JOURNAL_FILE
    lose(journal)
    library = LibraryFile(tmp_path / "library.json")
    for _time in range(2):
        (problem,) = library.rebuild(tmp_path) if is_rebuilt else library.sync(tmp_path)
        assert problem.is_error
        assert problem.file in (str(journal), str(journal.parent))
        assert library.carried("weekly", ON + 2 * WEEK) == carried
        assert library.past() == past
        assert len(library.meetings()) == 2


@pytest.mark.parametrize("lose", [remove, dangle])
def test_a_journal_that_no_library_knows_is_told_too(tmp_path, lose):
    library_of_meetings(tmp_path)
    (tmp_path / "library.json").unlink()
    journal = tmp_path / "2026-11-23-weekly" / JOURNAL_FILE
    lose(journal)
    (problem,) = LibraryFile(tmp_path / "library.json").sync(tmp_path)
    assert problem.file == str(journal)


def test_a_journal_that_comes_back_is_read_again(tmp_path):
    library = library_of_meetings(tmp_path, weeks=2)
    before, journal = library.past(), tmp_path / SECOND / JOURNAL_FILE
    content = journal.read_bytes()
    journal.write_bytes(b"")
    library.sync(tmp_path)
    journal.write_bytes(content)
    assert library.sync(tmp_path) == ()
    assert library.past() == before


def test_a_folder_that_was_removed_is_forgotten(tmp_path):
    library = library_of_meetings(tmp_path, weeks=2)
    for each in (tmp_path / SECOND).iterdir():
        each.unlink()
    (tmp_path / SECOND).rmdir()
    assert library.sync(tmp_path) == ()
    assert len(library.meetings()) == 1


def test_a_lost_meeting_neither_blocks_the_next_one_nor_lends_it_its_folder(tmp_path):
    environment = AppEnvironment(tmp_path)
    session = environment.begin(agenda())
    session.leave()
    journal = tmp_path / "2026-11-23-weekly" / JOURNAL_FILE
    environment.services.resumable()  # the library knows it now
    journal.write_bytes(b"")
    assert environment.services.resumable() == ()
    assert environment.begin(agenda()).meeting_id == "2026-11-23-weekly-2"
    assert journal.read_bytes() == b""


def test_a_dangling_link_does_not_become_the_folder_of_a_meeting(tmp_path):
    (tmp_path / "2026-11-23-weekly").mkdir()
    (tmp_path / "2026-11-23-weekly" / JOURNAL_FILE).symlink_to(tmp_path / "nowhere")
    (tmp_path / "2026-11-23-weekly-2").symlink_to(tmp_path / "nowhere")
    assert MeetingsFolder(tmp_path).start("weekly", ON)[0] == "2026-11-23-weekly-3"


@pytest.mark.parametrize("is_rebuilt", [True, False])
@pytest.mark.parametrize("lose", [empty, remove, dangle])
def test_what_was_closed_between_meetings_stays_closed_if_its_file_is_lost(
    tmp_path, lose, is_rebuilt
):
    library = library_of_meetings(tmp_path, weeks=2)
    at = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    library.close_action(ActionId("A1"), "weekly", ActionStatus.DONE, "Mail of today", at)
    path = tmp_path / "between-weekly.jsonl"
    lose(path)
    for _time in range(2):
        (problem,) = library.rebuild(tmp_path) if is_rebuilt else library.sync(tmp_path)
        assert problem.file.endswith("between-weekly.jsonl")
        assert [each.action.id for each in library.open_actions()] == ["A2"]
    with pytest.raises(StorageError, match=r"between-weekly\.jsonl"):
        library.close_action(ActionId("A2"), "weekly", ActionStatus.DONE, "Mail of today", at)


def test_a_dangling_link_in_the_place_of_the_incidents_is_no_empty_list(tmp_path):
    (tmp_path / "incidents.jsonl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(StorageError, match="not a regular file"):
        IncidentJournal(tmp_path).incidents()


def test_the_checks_of_the_next_meeting_name_it(tmp_path):
    environment = AppEnvironment(tmp_path)
    environment.hold_meeting(action_draft("Ring"))
    journal = tmp_path / "2026-11-23-weekly" / JOURNAL_FILE
    journal.unlink()
    environment.services.carried(agenda())
    (problem,) = environment.services.archive.problems
    assert problem.translate().startswith(f"{journal}: This journal is missing")
