"""Minutes sections: the parking lot, and what is carried over to the next meeting."""

from collections.abc import Iterator

from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import ParkedTopic, TopicStatus
from facilitator.domain.risk import RISK_STATE_NAMES, sorted_by_severity
from facilitator.render.language import Language
from facilitator.render.markdown import inline, line


def parking_lot(meeting: Meeting, language: Language) -> str:
    """Return the parked topics, and what became of those parked earlier."""
    if not meeting.topics:
        return ""
    lines = (_topic_line(meeting, topic, language) for topic in meeting.topics)
    return "## " + language.gettext("Parking lot") + "\n\n" + "\n".join(lines)


def carried_over(meeting: Meeting, language: Language) -> str:
    """Return what the next meeting begins with."""
    lines = "\n".join(_carried_over_lines(meeting, language))
    title = language.gettext("Carried over to the next meeting")
    return f"## {title}\n\n{lines}" if lines else ""


def _topic_line(meeting: Meeting, topic: ParkedTopic, language: Language) -> str:
    _ = language.gettext
    parts = [f"- **{inline(topic.id)}** {inline(topic.text)}"]
    if topic.during:
        parts.append(_("during {title}").format(title=inline(topic.during)))
    if topic.parked_on != meeting.date:
        parts.append(_("parked {day}").format(day=language.day(topic.parked_on)))
    if topic.status is TopicStatus.SETTLED:
        parts.append(_("**settled**"))
    elif topic.status is TopicStatus.DROPPED:
        parts.append(_("**dropped**"))
    return " · ".join(parts)


def _carried_over_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    _ = language.gettext
    for progress in meeting.unreached:
        length = language.minutes(progress.item.timebox)
        yield " · ".join((f"- {line(progress.item.title)}", _("item not reached"), length))
    for decision in meeting.decisions:
        until = _why_it_comes_back(decision, language)
        if until:
            yield f"- **{inline(decision.id)}** {inline(decision.question)} · {until}"
    if meeting.open_actions:
        ids = _(", ").join(inline(action.id) for action in meeting.open_actions)
        yield "- " + _("Open action items: {ids}").format(ids=ids)
    risks = [each for each in sorted_by_severity(meeting.risks) if each.is_open]
    if risks:
        texts = _(", ").join(
            _("{text} ({about})").format(
                text=inline(each.id), about=_(RISK_STATE_NAMES[each.state])
            )
            for each in risks
        )
        yield "- " + _("Risks: {risks}").format(risks=texts)


def _why_it_comes_back(decision: Decision, language: Language) -> str:
    _ = language.gettext
    ruling = decision.ruling
    if ruling is None:
        return _("question not decided yet")
    if not ruling.comes_back:
        return ""
    if ruling.outcome is Outcome.RETURNED:
        return _("question returned to its proposer")
    if ruling.outcome is Outcome.CHOSEN and ruling.review_on:
        return _("decision up for review on {day}").format(day=language.day(ruling.review_on))
    if ruling.until is None:
        return _("question postponed to the next meeting")
    return _("question postponed to {day}").format(day=language.day(ruling.until))
