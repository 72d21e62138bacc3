"""Read a file of a name that anything may lie under: a pipe, a device, or gigabytes."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from facilitator.adapters.atomic_file import UnreadableFileError, read_error
from facilitator.domain.errors import N_, Message, StorageError, message

MAX_MEGABYTES = 100
"""The largest file that is read."""

# Opening a pipe does not wait for its writer, no child process inherits the handle, and a
# terminal does not become that of the program. Each flag is missing on some system.
_OPEN_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
)


def read_regular(path: Path, megabytes: int = MAX_MEGABYTES) -> bytes:
    """Return the content of a regular file.

    Raises FileNotFoundError where there is none; UnreadableFileError for anything else than a
    regular file, for one that is larger, and where the system refuses.
    """
    try:
        with open_regular(path, megabytes) as file:
            return read_whole(file, path, megabytes)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise read_error(path, error) from error


def open_regular(path: Path, megabytes: int = MAX_MEGABYTES) -> BinaryIO:
    """Open a regular file for reading.

    Raises OSError where it cannot be opened; UnreadableFileError for anything else than a regular
    file, and for one that is larger.
    """
    handle = os.open(path, _OPEN_FLAGS)
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise _refusal(
                path, message(N_("This is not a regular file. Move it away and try again."))
            )
        _check_size(found.st_size, path, megabytes)
        return os.fdopen(handle, "rb")
    except (OSError, StorageError):
        os.close(handle)
        raise


def read_whole(file: BinaryIO, path: Path, megabytes: int = MAX_MEGABYTES) -> bytes:
    """Return the rest of an open file; raises UnreadableFileError if it is larger."""
    _check_size(os.fstat(file.fileno()).st_size, path, megabytes)
    content = file.read(megabytes * 1_000_000 + 1)
    _check_size(len(content), path, megabytes)  # it may grow while it is read
    return content


def is_missing(path: Path) -> bool:
    """Return whether there is certainly no such file, nor a link; reading it says what is wrong."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def exists(path: Path) -> bool:
    """Return whether anything lies under a name; raises UnreadableFileError if nobody can say."""
    return _mode(path) is not None


def is_file(path: Path) -> bool:
    """Return whether a file lies under a name; raises UnreadableFileError if nobody can say."""
    return stat.S_ISREG(_mode(path) or 0)


def is_folder(path: Path) -> bool:
    """Return whether a folder lies under a name; raises UnreadableFileError if nobody can say."""
    return stat.S_ISDIR(_mode(path) or 0)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise read_error(path, error) from error


def _check_size(size: int, path: Path, megabytes: int) -> None:
    if size > megabytes * 1_000_000:
        text = N_("The file is larger than {count} MB. Check that it is the right file.")
        raise _refusal(path, message(text, count=megabytes))


def _refusal(path: Path, reason: Message) -> UnreadableFileError:
    return UnreadableFileError(reason, N_("{what}: {reason}"), what=path, reason=reason)
