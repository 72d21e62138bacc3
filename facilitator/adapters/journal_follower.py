"""Following a meeting that somebody else runs."""

from collections.abc import Iterator
from pathlib import Path

from facilitator.adapters.event_codec import decode_line
from facilitator.adapters.journal_reading import unreadable
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.meeting import MeetingEvent


class JournalFollower:
    """Reads along in a journal that somebody else writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._seen = (0, 0)

    def poll(self) -> tuple[MeetingEvent, ...]:
        """The events since the last poll; a half-written line waits for the next.

        Raises JournalError where events that were told are gone again: the disk had
        refused them, so a new follower must begin anew.
        """
        try:
            found = self._path.stat()
            seen = (found.st_size, found.st_mtime_ns)
            if seen == self._seen:
                return ()
            if found.st_size < self._offset:
                raise JournalError(N_("The journal was cut back; follow it again."))
            with self._path.open("rb") as handle:
                handle.seek(self._offset)
                content = handle.read()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(self._path, error) from error
        whole = content[: content.rfind(b"\n") + 1]
        self._seen = seen
        self._offset += len(whole)
        return tuple(_readable(whole))


def _readable(content: bytes) -> Iterator[MeetingEvent]:
    for line in content.splitlines():
        try:
            yield decode_line(line).event
        except JournalError:  # the writer names damage; whoever only looks on shows what is left
            continue
