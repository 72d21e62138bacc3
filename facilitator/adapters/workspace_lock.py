"""The lock of a workspace, for the moment in which what is read decides what is written."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from facilitator.adapters.atomic_file import PRIVATE_FILE, make_folder, write_error
from facilitator.domain.errors import N_, StorageError

LOCK_FILE = "workspace.lock"
LOCK_TIMEOUT = 5.0
"""Seconds to wait for another program, which holds the lock for a moment only."""


@contextmanager
def lock_workspace(root: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock of the meetings folder `root`; it is no lock of any meeting.

    Whoever begins or reopens a meeting, or closes an action item between meetings, holds it from
    reading to writing. It cannot be taken twice, not even by one program. Raises StorageError if
    another one does not let go of it in time, or it cannot be made.
    """
    lock = FileLock(root / LOCK_FILE, mode=PRIVATE_FILE, thread_local=False)
    try:
        make_folder(root, is_private=True)
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise StorageError(
            N_("Another window is changing {folder} right now. Try again in a moment."),
            folder=root,
        ) from error
    except OSError as error:
        raise write_error(root / LOCK_FILE, error) from error
    try:
        yield
    finally:
        with suppress(OSError):  # a drive that is gone holds no lock
            lock.release()
