"""Hold the meetings of a series one after the other, on real files."""

from pathlib import Path

from facilitator.domain.action import ActionItem
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import open_points
from facilitator.domain.rules import actions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.session import MeetingSession
from tests.factories import agenda
from tests.tui.harness import AppEnvironment


class MeetingSeries:
    """Meetings of one series in a folder."""

    def __init__(self, folder: Path) -> None:
        environment = AppEnvironment(folder)
        self.folder, self.services, self.clock = folder, environment.services, environment.clock

    def begin(self) -> MeetingSession:
        """Begin a meeting with what the ones before left."""
        prepared = agenda()
        return self.services.begin(prepared, self.services.carried(prepared))

    def close(self, session: MeetingSession) -> Meeting:
        """Accept what is open, close it, and bring all on disk up to date."""
        self.end(session)
        self.services.finish(session)
        return session.meeting

    def end(self, session: MeetingSession) -> None:
        """The same, as far as the program came that was killed right after the close."""
        session.write_minutes()
        for end in open_points(session.meeting):
            session.step(meeting_rules.accept_open_point, end.key, "Next week.")
        session.step(meeting_rules.close_meeting)

    def hold(self, promise: ActionItem) -> Meeting:
        """A whole meeting in no time, with one promise."""
        session = self.begin()
        session.step(actions.add_action, promise)
        return self.close(session)
