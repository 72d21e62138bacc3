"""The minutes on disk: completely written, or as before."""

import stat
from pathlib import Path

import pytest

from facilitator.adapters.meetings_folder import DiskMinutes
from facilitator.domain.errors import StorageError


def test_minutes_are_written_as_utf8_with_plain_newlines(tmp_path):
    path = DiskMinutes(tmp_path / "minutes.md").write("# 会议\n\n- [ ] Ring\n")
    assert path == tmp_path / "minutes.md"
    assert path.read_bytes() == "# 会议\n\n- [ ] Ring\n".encode()


def test_new_minutes_replace_the_old_and_leave_no_other_file(tmp_path):
    minutes = DiskMinutes(tmp_path / "minutes.md")
    minutes.write("a long first text\n")
    minutes.write("short\n")
    assert (tmp_path / "minutes.md").read_text() == "short\n"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.md"]


def test_a_reader_who_has_the_old_minutes_open_reads_them_to_their_end(tmp_path):
    minutes = DiskMinutes(tmp_path / "minutes.md")
    with minutes.write("old\n").open() as reader:
        minutes.write("new\n")
        assert reader.read() == "old\n"


def test_a_lone_surrogate_does_not_prevent_the_minutes(tmp_path):
    assert DiskMinutes(tmp_path / "minutes.md").write("a\udc80b\n").read_text() == "a?b\n"


@pytest.mark.parametrize("step", ["fsync", "open", "replace"])
def test_a_full_disk_leaves_the_old_minutes_and_no_other_file(tmp_path, monkeypatch, step):
    minutes = DiskMinutes(tmp_path / "minutes.md")
    minutes.write("old\n")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync" if step == "fsync" else f"pathlib.Path.{step}", refuse)
        with pytest.raises(StorageError, match="disk is full"):
            minutes.write("new\n")
    assert (tmp_path / "minutes.md").read_text() == "old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.md"]
    minutes.write("new\n")
    assert (tmp_path / "minutes.md").read_text() == "new\n"


def test_a_missing_folder_and_a_folder_in_place_of_the_minutes_are_reported(tmp_path):
    with pytest.raises(StorageError, match=r"minutes\.md"):
        DiskMinutes(tmp_path / "gone" / "minutes.md").write("text\n")
    Path(tmp_path / "minutes.md").mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        DiskMinutes(tmp_path / "minutes.md").write("text\n")
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.md"]


def test_the_complete_minutes_are_readable_by_their_owner_alone(tmp_path):
    DiskMinutes(tmp_path / "minutes.md").write("a copy\n", "all of it\n")

    own = tmp_path / "minutes-recorder.md"
    assert own.read_text() == "all of it\n"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert (tmp_path / "minutes.md").read_text() == "a copy\n"


def test_a_version_is_kept_of_the_complete_minutes_too(tmp_path):
    minutes = DiskMinutes(tmp_path / "minutes.md")
    minutes.write("a copy\n", "all of it\n")
    minutes.keep_version(1, str)
    minutes.write("a new copy\n")

    own = tmp_path / "minutes-recorder-v1.md"
    assert own.read_text() == "all of it\n"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert (tmp_path / "minutes-v1.md").read_text() == "a copy\n"


def test_the_complete_minutes_are_removed_where_nothing_is_redacted(tmp_path):
    minutes = DiskMinutes(tmp_path / "minutes.md")
    minutes.write("a copy\n", "all of it\n")
    minutes.write("all of it\n")

    assert [path.name for path in tmp_path.iterdir()] == ["minutes.md"]
