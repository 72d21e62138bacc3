"""The minutes on disk, kept up to date beside a screen."""

from textual.screen import Screen
from textual.timer import Timer

from facilitator.domain.errors import FacilitatorError
from facilitator.domain.meeting import Meeting
from facilitator.session.session import MeetingSession
from facilitator.tui.spoken import tell

MINUTES_AFTER = 0.5
"""Seconds between a step and the minutes on disk."""


class MinutesWriter:
    """Writes the minutes of a meeting in a thread of its screen, one after the other."""

    def __init__(self, screen: Screen[bool], session: MeetingSession) -> None:
        self._screen = screen
        self._session = session
        self._timer: Timer | None = None

    def soon(self) -> None:
        """Write them half a second from now, with all that is taken down until then."""
        if self._timer is None:
            self._timer = self._screen.set_timer(MINUTES_AFTER, self._begin)

    def _begin(self) -> None:
        self._screen.run_worker(self._write, thread=True)

    def _write(self) -> None:
        # the timer stays set until this has ended: two writers would race for the last word
        meeting, app = self._session.meeting, self._screen.app
        try:
            self._session.write_minutes()
        except FacilitatorError as error:
            app.call_from_thread(tell, self._screen, error)
        app.call_from_thread(self._written, meeting)

    def _written(self, meeting: Meeting) -> None:
        self._timer = None
        if meeting is not self._session.meeting:
            self.soon()
