"""The incidents: what happened, how long it took until the right people knew, what it cost."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.incident import Incident
from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.notice import kind_name, moment, told_lines


def incidents(meeting: Meeting, language: Language, now: datetime) -> str:
    """Every incident that waited for its review, and those reported meanwhile."""
    due = {each.id for each in meeting.incidents_to_review}
    lines = [
        line
        for each in meeting.incidents
        for line in _incident(meeting, each, language, now, is_due=each.id in due)
    ]
    return "## " + language.gettext("Incidents") + "\n\n" + "\n".join(lines) if lines else ""


def _incident(
    meeting: Meeting, incident: Incident, language: Language, now: datetime, *, is_due: bool
) -> Iterator[str]:
    _ = language.gettext
    zone = meeting.agenda.starts.tzinfo
    yield f"- **{incident.id}** {_(kind_name(incident))} · {inline(incident.phenomenon)}"
    yield "  - " + _("Scope: {text}").format(text=inline(incident.scope))
    yield "  - " + _("First measures: {text}").format(text=inline(incident.measures))
    found = moment(incident.detected_at, language, zone)
    told = " · ".join(told_lines(incident, now, language, zone))
    yield "  - " + _("Found {time}").format(time=found) + f" · {told}"
    if incident.recovered_at:
        over = _("Recovered by itself {time}") if incident.recovered_by_itself else _("Over {time}")
        yield "  - " + over.format(time=moment(incident.recovered_at, language, zone))
    if incident.review:
        yield "  - " + _("Cause: {text}").format(text=inline(incident.review.cause))
        yield "  - " + _("Loss: {text}").format(text=inline(incident.review.loss))
        yield "  - " + _("Lesson: {text}").format(text=inline(incident.review.lesson))
    elif is_due:
        yield "  - " + _("**Stayed open:** not reviewed; it comes back at the next meeting")
    else:
        yield "  - " + _("Its review is for the next meeting")
