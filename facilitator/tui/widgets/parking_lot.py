"""The list of parked topics."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.note import ParkedTopic, TopicId, TopicStatus
from facilitator.render.language import _, current_language
from facilitator.tui.widgets.entry_list import EntryList, cursor_after, sensitive_prefix
from facilitator.tui.widgets.hanging_indent import HangingIndent

MARKS = {TopicStatus.PARKED: "P", TopicStatus.SETTLED: "✓", TopicStatus.DROPPED: "✗"}


class ParkingLot(EntryList):
    """Shows topics, those of earlier meetings first."""

    topics: reactive[tuple[ParkedTopic, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("x", "close('settled')", N_("Settled"), id="topic.settle", show=False),
        Binding("delete", "close('dropped')", N_("Drop"), id="topic.drop", show=False),
        Binding("o", "close('parked')", N_("Park again"), id="topic.reopen", show=False),
    ]

    @dataclass
    class CloseRequested(Message):
        """A topic is settled, dropped, or parked again."""

        topic_id: TopicId
        status: TopicStatus

    def watch_topics(
        self, before: tuple[ParkedTopic, ...], topics: tuple[ParkedTopic, ...]
    ) -> None:
        """Show them, with the cursor on a new one or where it was."""
        place = cursor_after(
            [each.id for each in before], [each.id for each in topics], self.highlighted
        )
        self.clear_options()
        self.add_options(Option(_prompt(topic), id=topic.id) for topic in topics)
        self.highlighted = place

    def action_close(self, status: str) -> None:
        """Close the topic under the cursor, or park it again."""
        place = self.highlighted
        if place is not None and place < len(self.topics):
            self.post_message(self.CloseRequested(self.topics[place].id, TopicStatus(status)))


def _prompt(topic: ParkedTopic) -> HangingIndent:
    during = f"  ({topic.during})" if topic.during else ""
    if topic.item_id is not None:
        during = "  " + _("(not reached on {day})").format(
            day=current_language().day(topic.parked_on)
        )
    mark = sensitive_prefix(is_sensitive=topic.is_sensitive)
    colour = "" if topic.is_open else "dim"
    head = Content(f"{MARKS[topic.status]} ").stylize(colour)
    return HangingIndent(head, Content(f"{mark}{topic.text}{during}").stylize(colour))
