"""Minutes section: what comes back at the next meeting, and the parking lot."""

from collections.abc import Iterator

from facilitator.domain.decision import Outcome
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import ParkedTopic, TopicStatus
from facilitator.render.language import Language
from facilitator.render.markdown import inline


def carried_over(meeting: Meeting, language: Language) -> str:
    """Return what the next meeting begins with, beside open action items and risks."""
    lines = [f"- {each}" for each in _carried_over_lines(meeting, language)]
    title = language.gettext("For the next meeting")
    return f"## {title}\n\n" + "\n".join(lines) if lines else ""


def _topic_line(meeting: Meeting, topic: ParkedTopic, language: Language) -> str:
    _ = language.gettext
    parts = [f"**{inline(topic.id)}** {inline(topic.text)}"]
    if topic.parked_on != meeting.date:
        parts.append(_("parked on {day}").format(day=language.day(topic.parked_on)))
    elif topic.during:
        parts.append(_("parked during {title}").format(title=inline(topic.during)))
    if topic.status is TopicStatus.SETTLED:
        parts.append(_("**settled**"))
    elif topic.status is TopicStatus.DROPPED:
        parts.append(_("**dropped**"))
    return " · ".join(parts)


def _carried_over_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    _ = language.gettext
    if meeting.unreached:
        titles = _(", ").join(inline(each.item.title) for each in meeting.unreached)
        yield _("Not reached today: {titles}").format(titles=titles)
    for decision in meeting.decisions:
        ruling = decision.ruling
        if ruling and ruling.outcome is Outcome.CHOSEN and ruling.review_on:
            day = language.day(ruling.review_on)
            yield f"**{inline(decision.id)}** " + _("up for review on {day}").format(day=day)
    for incident in meeting.incidents:
        if incident.review is None and incident not in meeting.incidents_to_review:
            yield f"**{inline(incident.id)}** " + _("to be reviewed")
    for topic in meeting.parking_lot:
        yield _topic_line(meeting, topic, language)
