"""Readable streams for parsers: a part of a file, and a text with a line put before it."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def lines_of(block: bytes) -> int:
    """Return the number of lines, the last one with or without its line end."""
    is_ended = block.rstrip(b"\0").endswith(b"\n")
    return block.count(b"\n") + (bool(block) and not is_ended)


class LedText(io.TextIOBase):
    """A text stream with a line put before it."""

    def __init__(self, lead: str, text: io.TextIOWrapper) -> None:
        self._lead = lead
        self._text = text

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1) -> str:
        """Read the added line first, then the text."""
        lead, self._lead = self._lead, ""
        return lead or self._text.read(size)

    def close(self) -> None:
        """Close what is read, too."""
        self._text.close()
        super().close()


class Window(io.RawIOBase):
    """A part of a file, between two offsets."""

    def __init__(self, path: Path, start: int, stop: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._stop = stop
        self.at = start
        """The offset up to which it has been read."""
        self.lines = 0
        """The number of lines that have been read."""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read up to the end of the part."""
        view = memoryview(buffer)[: self._stop - self.at]
        count = self._file.readinto(view) or 0
        self.at += count
        block = bytes(view[:count])
        self.lines += block.count(b"\n") if self.at < self._stop else lines_of(block)
        return count

    def close(self) -> None:
        """Close what is read, too."""
        self._file.close()
        super().close()
