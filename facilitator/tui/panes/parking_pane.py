"""The parking lot: put topics off, and settle those put off before."""

from textual import on
from textual.app import ComposeResult

from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import writing
from facilitator.render.language import _
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.parking_lot import ParkingLot


class ParkingPane(Pane):
    """Parks topics."""

    def compose(self) -> ComposeResult:
        """The lot."""
        yield ParkingLot()

    def show(self, meeting: Meeting) -> None:
        """Show the topics as they stand."""
        self.query_one(ParkingLot).topics = meeting.topics
        count = sum(topic.is_open for topic in meeting.topics)
        self.border_title = _("5 Parking lot · {count}").format(count=count)

    def park(self) -> None:
        """Put a topic off."""
        self.app.push_screen(
            TextEntry(
                _("Park a topic"),
                question=_("It comes back at the next meeting."),
                submit=lambda text: self.step(writing.park_topic, text),
                keep=self.keep("topic:new"),
                draft=self.draft("topic:new"),
            )
        )

    @on(ParkingLot.CloseAsked)
    def close_asked(self, asked: ParkingLot.CloseAsked) -> None:
        """A topic is settled, dropped, or parked again."""
        self.attempt(writing.close_topic, asked.topic_id, asked.status)
