"""Replace files atomically; turn OSError into StorageError with a message for people."""

import errno
import os
from pathlib import Path

from facilitator.domain.errors import N_, Message, StorageError, message

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
            fresh.touch(mode=0o600 if is_private else 0o666, exist_ok=False)
            with fresh.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(file.parent)
    except OSError as error:
        raise write_error(file, error) from error


def replace_text(file: Path, text: str, *, is_private: bool = False) -> None:
    """Replace the content of a file with UTF-8 text; a lone surrogate becomes `?`."""
    replace_file(file, text.encode("utf-8", errors="replace"), is_private=is_private)


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
