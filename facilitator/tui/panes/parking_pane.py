"""The pane of parked topics, and the forms for lost minutes."""

from datetime import timedelta

from textual.app import ComposeResult

from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import TopicId, TopicStatus
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.language import _
from facilitator.tui.dialogs.lost_time import LostTimeForm, ParkTopicForm
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.topic_list import TopicList, topic_line


class ParkingPane(Pane):
    """Parks topics, and takes down what time was lost to."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield TopicList()

    def show(self, meeting: Meeting) -> None:
        """Show the topics as they stand."""
        self.query_one(TopicList).lines = tuple(topic_line(each) for each in meeting.topics)
        count = sum(topic.is_open for topic in meeting.topics)
        self.border_title = _("5 Parking lot · {count}").format(count=count)

    def park(self) -> None:
        """Put a topic off, with the minutes that went into it."""

        def submit(text: str, lost: timedelta) -> None:
            self.step(note_rules.park_topic, text, lost)

        self.app.push_screen(
            ParkTopicForm(
                self._time_since_last_entry(),
                submit=submit,
                keep=self.keep("topic:new"),
                draft=self.draft("topic:new"),
            )
        )

    def lose_time(self) -> None:
        """Take down minutes lost to something that is no topic."""

        def submit(cause: LossCause, time: timedelta, about: str) -> None:
            self.step(meeting_rules.record_lost_time, cause, time, about)

        self.app.push_screen(
            LostTimeForm(
                self._time_since_last_entry(),
                submit=submit,
                keep=self.keep("waste"),
                draft=self.draft("waste"),
            )
        )

    def _time_since_last_entry(self) -> timedelta:
        """How long it is since anything was taken down."""
        last = self.session.last_step
        return self.session.now - (last.at if last else self.session.meeting.opened_at)

    def run_command(self, entry_id: str, command: str) -> None:
        """Settle or drop a topic, or park it again: the command is its new status."""
        self.attempt(note_rules.close_topic, TopicId(entry_id), TopicStatus(command))
