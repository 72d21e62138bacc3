"""The minutes of one meeting, as a file that is always whole."""

from collections.abc import Callable
from pathlib import Path

from facilitator.adapters.atomic_file import refusal, replace_file, replace_text
from facilitator.adapters.journal_reading import unreadable


class MinutesPath:
    """Keeps the minutes at a path; beside it those of earlier versions, and the recorder's own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes; a reader sees the old text or the new, never half.

        `complete` is the recorder's own, where something sensitive is left out of the others.
        """
        replace_text(self._path, text)
        own = recorders_own(self._path)
        if complete:
            replace_text(own, complete, is_private=True)
        else:
            _remove(own)
        return self._path

    def keep(self, version: int, text: Callable[[], str]) -> Path:
        """Keep the minutes as they stand as those of a version, byte for byte.

        `text` makes them where they are gone; those of a version kept before stay as they are.
        """
        kept = _of_version(self._path, version)
        own = recorders_own(self._path)
        if own.exists() and not _of_version(own, version).exists():
            replace_file(_of_version(own, version), _read(own), is_private=True)
        if not kept.exists() and self._path.exists():
            replace_file(kept, _read(self._path))
        elif not kept.exists():
            replace_text(kept, text())
        return kept


def recorders_own(minutes: Path) -> Path:
    """Where the complete minutes are, beside those that can be sent."""
    return minutes.with_stem(f"{minutes.stem}-recorder")


def _of_version(minutes: Path, version: int) -> Path:
    return minutes.with_stem(f"{minutes.stem}-v{version}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from error


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise refusal(file, error) from error
