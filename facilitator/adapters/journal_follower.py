"""Follow a journal that another process writes."""

from collections.abc import Iterator
from pathlib import Path

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.event_codec import clean_json, decode_line
from facilitator.adapters.journal_file import has_writer
from facilitator.adapters.regular_file import open_regular
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.meeting import MeetingEvent


class JournalFollower:
    """Follows a journal that another process writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._seen = (0, 0)

    def poll(self) -> tuple[MeetingEvent, ...]:
        """Return the events since the last poll; an incomplete line is left for the next one.

        Raises JournalError if the journal became shorter: its writer took back events that
        could not be synced. Start again with a new follower.
        """
        try:
            found = self._path.stat()
            seen = (found.st_size, found.st_mtime_ns)
            if seen == self._seen:
                return ()
            if found.st_size < self._offset:
                raise JournalError(N_("The journal became shorter. Start following it again."))
            with open_regular(self._path) as handle:
                handle.seek(self._offset)
                content = handle.read()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise read_error(self._path, error) from error
        whole = content[: content.rfind(b"\n") + 1]
        self._seen = seen
        self._offset += len(whole)
        return tuple(_decodable_events(whole))

    def has_writer(self) -> bool | None:
        """Return whether a program has the journal open; None where that cannot be told."""
        return has_writer(self._path)


def _decodable_events(content: bytes) -> Iterator[MeetingEvent]:
    for line in content.splitlines():
        try:
            yield decode_line(clean_json(line)).event
        except JournalError:  # the writer reports damage; a follower shows the rest
            continue
