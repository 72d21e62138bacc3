"""Outputs are written where they harm no other file."""

import os
import stat
from pathlib import Path

import pytest

from facilitator.adapters.output_file import write_output
from facilitator.domain.errors import FacilitatorError, StorageError

OURS = b"ours"
NEW = b"ours, written anew"


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    folder = tmp_path / "meetings"
    meeting = folder / "2026-11-23-weekly"
    meeting.mkdir(parents=True)
    (meeting / "journal.jsonl").write_text("journal")
    (meeting / "minutes.md").write_bytes(OURS)
    return folder


def write(file: Path, meetings: Path | None, *, force: bool = False, private: bool = False) -> None:
    write_output(
        file,
        NEW,
        meetings=meetings,
        is_ours=lambda beginning: beginning.startswith(OURS),
        force=force,
        is_private=private,
    )


def contents(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_new_file_and_an_earlier_output_are_written(tmp_path: Path, meetings: Path) -> None:
    file = tmp_path / "mine.md"
    write(file, meetings)
    file.write_bytes(OURS)
    write(file, meetings)
    assert file.read_bytes() == NEW


def test_a_file_of_another_kind_is_replaced_by_force_only(tmp_path: Path, meetings: Path) -> None:
    agenda = tmp_path / "agenda.toml"
    agenda.write_text("title = 1")
    with pytest.raises(FacilitatorError, match="already exists and was not changed"):
        write(agenda, meetings)
    assert agenda.read_text() == "title = 1"
    write(agenda, meetings, force=True)
    assert agenda.read_bytes() == NEW


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "place",
    [
        "2026-11-23-weekly/journal.jsonl",
        "2026-11-23-weekly/minutes.md",
        "2026-11-23-weekly/new.md",
        "2026-11-23-weekly/../new.md",
        "library.json",
        "new.md",
    ],
)
def test_nothing_is_ever_written_among_the_meetings(
    tmp_path: Path, meetings: Path, place: str, force: bool
) -> None:
    link = tmp_path / "link"
    link.symlink_to(meetings)
    before = contents(meetings)
    for folder in (meetings, link):
        with pytest.raises(FacilitatorError, match="folder of the meetings"):
            write(folder / place, meetings, force=force)
    assert contents(meetings) == before


def test_nothing_is_written_beside_the_journal_of_another_workspace(meetings: Path) -> None:
    with pytest.raises(FacilitatorError, match="folder of the meetings"):
        write(meetings / "2026-11-23-weekly" / "journal.jsonl", None, force=True)


@pytest.mark.parametrize("force", [False, True])
def test_a_device_a_pipe_and_a_link_to_one_are_refused(
    tmp_path: Path, meetings: Path, force: bool
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    (tmp_path / "second").symlink_to(tmp_path / "link")
    for file in (Path("/dev/null"), tmp_path / "pipe", tmp_path / "link", tmp_path / "second"):
        with pytest.raises(FacilitatorError, match="is a device or a pipe"):
            write(file, meetings, force=force)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert (tmp_path / "link").is_symlink()


def test_a_folder_an_empty_name_and_a_loop_are_refused(
    tmp_path: Path, meetings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("", ".", str(tmp_path), "/"):
        with pytest.raises(FacilitatorError, match="is a folder"):
            write(Path(name), meetings, force=True)
    with pytest.raises(FacilitatorError, match="loop"):
        write(Path("loop"), meetings, force=True)


def test_a_link_is_followed_to_the_file_that_is_judged(tmp_path: Path, meetings: Path) -> None:
    link, file = tmp_path / "latest.md", tmp_path / "mine.md"
    file.write_text("other")
    link.symlink_to(file)
    with pytest.raises(FacilitatorError, match="already exists"):
        write(link, meetings)
    file.write_bytes(OURS)
    write(link, meetings)
    assert (link.is_symlink(), file.read_bytes()) == (True, NEW)


def test_a_missing_folder_and_a_name_that_is_too_long_are_told(
    tmp_path: Path, meetings: Path
) -> None:
    for file in (tmp_path / "gone" / "mine.md", tmp_path / ("春" * 90)):
        with pytest.raises(FacilitatorError, match="was not saved"):
            write(file, meetings)


def test_a_private_output_is_for_its_owner_alone(tmp_path: Path, meetings: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_bytes(OURS)
    file.chmod(0o644)
    write(file, meetings, private=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_drive_that_is_gone_is_told(
    tmp_path: Path, meetings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path, other: Path) -> bool:
        raise OSError(116, "Stale file handle", str(other))

    monkeypatch.setattr(Path, "samefile", gone)
    with pytest.raises(StorageError, match="Stale file handle"):
        write_output(tmp_path / "written.md", b"", meetings=meetings)
