"""The list of parked topics."""

from textual.binding import Binding

from facilitator.domain.errors import N_
from facilitator.domain.note import ParkedTopic, TopicStatus
from facilitator.render.language import _, current_language
from facilitator.tui.widgets.entry_list import EntryLine, RegisterList

TOPIC_MARKS = {TopicStatus.PARKED: "P", TopicStatus.SETTLED: "✓", TopicStatus.DROPPED: "✗"}


class TopicList(RegisterList):
    """Shows parked topics; the commands of its keys are the statuses of a topic."""

    BINDINGS = [
        Binding("x", "request('settled')", N_("Settled"), id="topic.settle", show=False),
        Binding("delete", "request('dropped')", N_("Drop"), id="topic.drop", show=False),
        Binding("o", "request('parked')", N_("Park again"), id="topic.reopen", show=False),
    ]


def topic_line(topic: ParkedTopic) -> EntryLine:
    """Return the line of a parked topic, with the agenda item during which it came up."""
    during = f"  ({topic.during})" if topic.during else ""
    if topic.item_id is not None:
        during = "  " + _("(not reached on {day})").format(
            day=current_language().day(topic.parked_on)
        )
    return EntryLine(
        id=topic.id,
        mark=f"{TOPIC_MARKS[topic.status]} ",
        text=f"{topic.text}{during}",
        style="" if topic.is_open else "dim",
        is_sensitive=topic.is_sensitive,
    )
