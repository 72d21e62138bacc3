"""A lost library is rebuilt from the journals."""

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.errors import RuleError, StorageError
from tests.factories import ON, STARTS, MeetingHarness, agenda
from tests.library_meetings import (
    WEEK,
    add_action,
    begin_meeting,
    end_meeting,
    library_of_meetings,
    meeting_id_of,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def test_the_library_is_the_same_after_a_rebuild_from_the_journals(tmp_path):
    kept = library_of_meetings(tmp_path, weeks=3)
    before = kept.carried("weekly", ON + 3 * WEEK)
    values = kept.past_values("weekly", ON - WEEK)
    assert [each.times for each in before.causes] == [3, 3]
    assert [each.what for each in before.occasions] == ["Occasion 2"]
    assert len(values) == 2
    (tmp_path / "library.json").unlink()
    library = LibraryFile(tmp_path / "library.json")
    assert library.sync(tmp_path) == ()
    assert library.carried("weekly", ON + 3 * WEEK) == before
    assert library.rebuild(tmp_path) == ()
    assert library.carried("weekly", ON + 3 * WEEK) == before
    assert library.past_values("weekly", ON - WEEK) == values
    assert len(library.meetings()) == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"entries":{"1":{"series":7}}}', b"\x00" * 99, b'{"meetings":{"x":1}}'],
)
def test_a_damaged_library_is_set_aside_reported_and_rebuilt(tmp_path, content):
    before = library_of_meetings(tmp_path, weeks=2).carried("weekly", ON + 2 * WEEK)
    (tmp_path / "library.json").write_bytes(content)
    library = LibraryFile(tmp_path / "library.json")
    (problem,) = library.sync(tmp_path)
    assert "rebuilt" in problem.translate()
    assert (tmp_path / "library.damaged.json").read_bytes() == content
    assert library.carried("weekly", ON + 2 * WEEK) == before
    assert library.sync(tmp_path) == ()


def test_an_action_item_closed_between_meetings_is_not_carried_over(tmp_path):
    library = library_of_meetings(tmp_path)
    (open_one,) = library.open_actions()
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    library.close_action(open_one.action.id, "weekly", ActionStatus.DONE, "Mail of today", at)
    for again in (library, LibraryFile(tmp_path / "library.json")):
        assert again.open_actions() == ()
        assert again.carried("weekly", ON + WEEK).actions == ()


def test_an_action_item_closed_between_meetings_survives_a_rebuild_and_a_lost_library(tmp_path):
    library = library_of_meetings(tmp_path, weeks=2)
    at = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    library.close_action(ActionId("A1"), "weekly", ActionStatus.DONE, "Mail of today", at)
    library.rebuild(tmp_path)
    assert [each.action.id for each in library.open_actions()] == ["A2"]
    (tmp_path / "library.json").unlink()
    library = LibraryFile(tmp_path / "library.json")
    library.sync(tmp_path)
    assert [each.action.id for each in library.open_actions()] == ["A2"]


def test_an_action_item_reopened_by_a_later_meeting_is_open(tmp_path):
    library = library_of_meetings(tmp_path)
    stale = library.carried("weekly", ON + WEEK)
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    library.close_action(ActionId("A1"), "weekly", ActionStatus.DONE, "Mail of today", at)
    harness = MeetingHarness(agenda(starts=STARTS + WEEK), stale)
    library.record(meeting_id_of(harness), harness.meeting)
    assert [each.action.id for each in library.open_actions()] == ["A1"]


@pytest.mark.parametrize(
    ("action_id", "series"), [("A9", "weekly"), ("A1", "monthly"), ("A1", "../x")]
)
def test_only_an_open_action_item_of_the_series_can_be_closed(tmp_path, action_id, series):
    library = library_of_meetings(tmp_path)
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    with pytest.raises(RuleError, match="no open action item"):
        library.close_action(ActionId(action_id), series, ActionStatus.DONE, "", at)
    assert not list(tmp_path.glob("between-*"))


def test_another_process_sees_what_was_recorded(path):
    here, there = LibraryFile(path), LibraryFile(path)
    assert there.meetings() == ()
    end_meeting(here, begin_meeting(here))
    assert len(there.meetings()) == 1


def test_a_failed_write_leaves_the_old_library_intact(path, monkeypatch):
    library = LibraryFile(path)
    end_meeting(library, begin_meeting(library))
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    harness = begin_meeting(library, ON + WEEK)
    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", refuse)
        with pytest.raises(StorageError, match="disk is full"):
            end_meeting(library, harness)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["library.json"]
    library.record(meeting_id_of(harness), harness.meeting)
    assert len(LibraryFile(path).meetings()) == 2


def test_the_file_is_one_json_document(path):
    library = LibraryFile(path)
    end_meeting(library, begin_meeting(library))
    assert set(json.loads(path.read_text(encoding="utf-8"))) >= {"meetings", "entries"}


def test_an_unreadable_between_journal_is_reported_and_the_rest_is_kept(tmp_path):
    library_of_meetings(tmp_path)
    (tmp_path / "between-weekly.jsonl").mkdir()
    library = LibraryFile(tmp_path / "library.json")
    (problem,) = library.rebuild(tmp_path)
    assert problem.file == "between-weekly.jsonl"
    assert len(library.open_actions()) == 1


def test_a_meeting_recorded_while_open_is_read_again(tmp_path):
    library = library_of_meetings(tmp_path)
    meeting_id, journal, _ = MeetingsFolder(tmp_path, library).start("weekly", ON + WEEK)
    harness = begin_meeting(library, ON + WEEK)
    earlier = harness.meeting
    add_action(harness, "Later")
    for event in harness.events:
        journal.append(event)
    journal.close()
    library.record(meeting_id, earlier)
    library.sync(tmp_path)
    assert [each.action.title for each in library.open_actions()] == ["Order 0", "Later"]


def test_an_unlistable_folder_is_a_readable_error(tmp_path, monkeypatch):
    library = library_of_meetings(tmp_path)
    found, listed = os.scandir, iter([True])

    def lost(path: Path) -> object:
        if next(listed, False):
            return found(path)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.scandir", lost)
    with pytest.raises(StorageError, match="cannot be read: Input/output error"):
        library.sync(tmp_path)
