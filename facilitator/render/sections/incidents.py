"""The incidents: what happened, how long it took until the right people knew, what it cost."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.incident import Incident
from facilitator.domain.meeting import Meeting
from facilitator.render.incident_story import incident_lines
from facilitator.render.language import Language


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
    yield from incident_lines(incident, now, language, meeting.agenda.starts.tzinfo)
    if incident.review:
        return
    if is_due:
        yield "  - " + _("**Stayed open:** not reviewed; it comes back at the next meeting")
    else:
        yield "  - " + _("Its review is for the next meeting")
