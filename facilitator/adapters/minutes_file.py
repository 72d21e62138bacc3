"""The minutes of one meeting, as a file that is always whole."""

from pathlib import Path

from facilitator.adapters.atomic_file import replace_file


class MinutesPath:
    """Keeps the minutes at a path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, text: str) -> Path:
        """Replace the minutes; a reader sees the old text or the new, never half."""
        replace_file(self._path, text.encode("utf-8", errors="replace"))
        return self._path
