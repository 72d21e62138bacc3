"""Streams that a parser reads: a part of a file, and a text behind a line of our own."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def lines_of(block: bytes) -> int:
    """How many lines there are, the last with or without its end."""
    is_ended = block.rstrip(b"\0").endswith(b"\n")
    return block.count(b"\n") + (bool(block) and not is_ended)


class LedText(io.TextIOBase):
    """A text with a first line of our own."""

    def __init__(self, lead: str, text: io.TextIOWrapper) -> None:
        self._lead = lead
        self._text = text

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1) -> str:
        """Our line first, then the text."""
        lead, self._lead = self._lead, ""
        return lead or self._text.read(size)

    def close(self) -> None:
        """Close what is read, too."""
        self._text.close()
        super().close()


class Window(io.RawIOBase):
    """A file from a place to another, though it may grow."""

    def __init__(self, path: Path, start: int, stop: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._stop = stop
        self.at = start
        """How far it has been read."""
        self.lines = 0
        """How many of its lines have been read."""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read on, as far as the part goes."""
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
