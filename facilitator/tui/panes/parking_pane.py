"""The pane of parked topics, and the forms for lost minutes."""

from datetime import timedelta

from textual.app import ComposeResult

from facilitator.domain.meeting import Meeting
from facilitator.domain.note import TopicId, TopicStatus
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.language import _
from facilitator.tui.dialogs.lost_time import LostTimeEntry, LostTimeForm, ParkTopicForm
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.topic_list import TopicList, topic_line


class ParkingPane(Pane):
    """Parks topics, and records what time was lost to."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield TopicList()

    def show(self, meeting: Meeting) -> None:
        """Show the parked topics."""
        self.query_one(TopicList).lines = tuple(map(topic_line, meeting.parking_lot))
        count = sum(topic.is_open for topic in meeting.parking_lot)
        self.border_title = _("5 Parking lot · {count}").format(count=count)

    def park(self) -> None:
        """Ask for a topic to park, with the minutes that it took."""

        def submit(entry: LostTimeEntry) -> None:
            self.controller.step(note_rules.park_topic, entry.about, entry.time)

        handler = self.controller.handler("topic:new", submit)
        self.app.push_screen(ParkTopicForm(self._time_since_last_entry(), handler=handler))

    def lose_time(self) -> None:
        """Ask for minutes that were lost to something that is no topic."""

        def submit(entry: LostTimeEntry) -> None:
            self.controller.step(
                meeting_rules.record_lost_time, entry.cause, entry.time, entry.about
            )

        handler = self.controller.handler("waste", submit)
        self.app.push_screen(LostTimeForm(self._time_since_last_entry(), handler=handler))

    def _time_since_last_entry(self) -> timedelta:
        """Return how long it is since the last entry."""
        last = self.controller.session.last_step
        return self.controller.session.now - (
            last.at if last else self.controller.meeting.opened_at
        )

    def run_command(self, entry_id: str, command: str) -> None:
        """Settle or drop a topic, or park it again: the command is its new status."""
        self.controller.attempt(note_rules.close_topic, TopicId(entry_id), TopicStatus(command))
