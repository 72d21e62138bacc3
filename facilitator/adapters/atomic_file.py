"""Make folders and replace files, atomically and synced; turn OSError into StorageError."""

import errno
import os
import re
import stat
from pathlib import Path

from facilitator.domain.errors import N_, Message, StorageError, message

PRIVATE_FILE = 0o600
"""The mode of a file with people's words: its owner alone may read it."""
PRIVATE_FOLDER = 0o700
"""The mode of a folder of such files."""
_LEFT_BEHIND_AFTER = 24 * 60 * 60
"""Seconds after which a temporary file belongs to a program that was killed."""
_WRITE_ERRORS = {
    errno.ENOSPC: N_("The disk is full, so {file} was not saved. Free some space and try again."),
    errno.EDQUOT: N_(
        "Your disk quota is used up, so {file} was not saved. Free some space and try again."
    ),
    errno.EROFS: N_("The disk is read-only, so {file} was not saved. Use another disk."),
    errno.EACCES: N_(
        "You have no permission to write {file}. Change its permissions and try again."
    ),
    errno.EPERM: N_(
        "You have no permission to write {file}. Change its permissions and try again."
    ),
    errno.EISDIR: N_("{file} is a folder. Move it away and try again."),
}


def write_error(file: Path, error: OSError) -> StorageError:
    """Return the StorageError for a file that was not written."""
    text = _WRITE_ERRORS.get(error.errno or 0)
    if text is not None:
        return StorageError(text, file=file)
    return StorageError(
        N_("{file} was not saved: {reason}. Check the disk and try again."),
        file=file,
        reason=error.strerror or error,
    )


def replace_file(file: Path, content: bytes, *, is_private: bool = False) -> None:
    """Replace the content of a file atomically.

    A reader sees either the old content or the new. A private file is readable by its owner only.
    Raises StorageError, and leaves the file unchanged, if it cannot be written.
    """
    fresh = file.with_name(f".{file.name}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            fresh.touch(mode=PRIVATE_FILE if is_private else 0o666, exist_ok=False)
            with fresh.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            _remove_left_behind(file, fresh)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(file.parent)
    except OSError as error:
        raise write_error(file, error) from error


def _remove_left_behind(file: Path, fresh: Path) -> None:
    """Remove what killed programs left of earlier replacements of a file.

    Their age is measured by the file system's own clock: the time of the file just written.
    """
    pattern = re.compile(re.escape(f".{file.name}.") + r"[0-9a-f]{8}\.tmp")
    now = fresh.lstat().st_mtime
    for each in _scan_folder(file.parent):
        if not pattern.fullmatch(each.name):
            continue
        try:
            found = each.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode) and now - found.st_mtime > _LEFT_BEHIND_AFTER:
                Path(each).unlink()
        except OSError:  # removed meanwhile, or another's to remove: the next write tries again
            continue


def _scan_folder(folder: Path) -> list[os.DirEntry[str]]:
    """Return the entries of a folder; none where it may not be listed."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def create_file(file: Path, content: bytes) -> None:
    """Write a new file, synced; raise FileExistsError if there is one, other OSError if it fails.

    What was written of it is removed if it cannot be written as a whole.
    """
    with file.open("xb") as handle:
        try:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        except OSError:
            file.unlink(missing_ok=True)
            raise
    sync_folder(file.parent)


def replace_text(file: Path, text: str, *, is_private: bool = False) -> None:
    """Replace the content of a file with UTF-8 text; a lone surrogate becomes `?`."""
    replace_file(file, text.encode("utf-8", errors="replace"), is_private=is_private)


def make_folder(folder: Path, *, is_private: bool = False) -> None:
    """Make a folder, and those above it that are missing; each is synced into its parent.

    A private folder is open to its owner only, also where it exists. Raises OSError.
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            make_folder(folder.parent)
        try:
            folder.mkdir(mode=PRIVATE_FOLDER if is_private else 0o777, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(
                errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)
            ) from error
        sync_folder(folder.parent)
    if is_private:
        close_to_others(folder)


def close_to_others(path: Path) -> None:
    """Take the permissions of group and others from a file or folder.

    One that belongs to somebody else stays as it is, as does one on a system without permissions.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & 0o077:
            path.chmod(mode & ~0o077)
    except OSError:
        return


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to disk, so that a new or renamed file survives a power cut.

    Does nothing on Windows, where folders cannot be synced.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class UnreadableFileError(StorageError):
    """A file or a folder that cannot be read."""

    def __init__(self, reason: Message, text: str, /, **values: object) -> None:
        super().__init__(text, **values)
        self.reason = reason
        """Why, without the name."""


def read_error(path: Path, error: OSError) -> UnreadableFileError:
    """Return the error for a file or a folder that cannot be read."""
    reason = error.strerror or str(error)
    return UnreadableFileError(
        message(N_("The file cannot be read: {reason}."), reason=reason),
        N_("{file} cannot be read: {reason}."),
        file=path,
        reason=reason,
    )
