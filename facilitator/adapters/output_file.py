"""Write what a person asked for into the file that they named, without harm to another file."""

import stat
from collections.abc import Callable
from pathlib import Path

from facilitator.adapters.atomic_file import read_error, replace_file, write_error
from facilitator.adapters.journal_reader import JOURNAL_FILE, MEETING_ID_PATTERN
from facilitator.domain.errors import N_, FacilitatorError, StorageError

IsOurs = Callable[[bytes], bool]
"""Tells from the first bytes of a file whether it is an earlier output of the same kind."""
RECOGNIZED_BY = 65_536
"""The number of these bytes."""


def never_ours(_beginning: bytes) -> bool:
    """Return False: for a kind of output that is not recognized."""
    return False


def check_output(
    file: Path, *, meetings: Path | None, is_ours: IsOurs = never_ours, force: bool = False
) -> Path:
    """Return the file to write, symbolic links followed.

    `meetings` is the folder that nobody but the program writes into. Raises FacilitatorError for
    a file in it, for what is no file, and for a file of another kind unless `force` is set.
    """
    target = _follow_links(file)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise write_error(file, error) from error
    if not file.name or (mode is not None and stat.S_ISDIR(mode)):
        raise FacilitatorError(N_("“{file}” is a folder. Name a file to write."), file=file)
    if mode is not None and not stat.S_ISREG(mode):
        raise FacilitatorError(
            N_("{file} is a device or a pipe, not a file. Name a file to write."), file=file
        )
    if _is_in_meetings(target, meetings):
        raise FacilitatorError(
            N_("{file} is in the folder of the meetings, which the program keeps. Name another."),
            file=file,
        )
    if mode is not None and not force and not is_ours(_beginning_of(target)):
        raise FacilitatorError(
            N_(
                "{file} already exists and was not changed. Choose another name, or replace it "
                "with --force."
            ),
            file=file,
        )
    return target


def write_output(
    file: Path,
    content: bytes,
    *,
    meetings: Path | None,
    is_ours: IsOurs = never_ours,
    force: bool = False,
    is_private: bool = False,
) -> None:
    """Write an output, where `check_output` lets it; a private one only its owner can read.

    Raises FacilitatorError where it must not be written, StorageError where it cannot be.
    """
    target = check_output(file, meetings=meetings, is_ours=is_ours, force=force)
    replace_file(target, content, is_private=is_private)


def _follow_links(file: Path) -> Path:
    """Return the path without symbolic links; StorageError if they form a loop."""
    try:
        return file.resolve()
    except OSError as error:
        raise write_error(file, error) from error
    except RuntimeError as error:  # how Python 3.11 and 3.12 report a loop
        raise StorageError(
            N_("{file} is a symbolic link that leads nowhere. Name a file to write."), file=file
        ) from error


def _is_in_meetings(target: Path, meetings: Path | None) -> bool:
    """Whether a file is in the folder of the meetings, or beside the journal of any meeting.

    Raises StorageError if nobody can say.
    """
    try:
        if MEETING_ID_PATTERN.match(target.parent.name) and (target.parent / JOURNAL_FILE).exists():
            return True
        if meetings is None or not meetings.is_dir():
            return False
        return any(up.is_dir() and up.samefile(meetings) for up in target.parents)
    except OSError as error:
        raise write_error(target, error) from error


def _beginning_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(RECOGNIZED_BY)
    except OSError as error:
        raise read_error(file, error) from error
