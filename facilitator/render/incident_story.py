"""An incident from the moment it was found to its review, as Markdown."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from facilitator.domain.incident import INCIDENT_KIND_NAMES, Incident
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.notice import moment, told_lines


def incident_story(incident: Incident, now: datetime, language: Language) -> str:
    """All that is on record of it, as a list; in the zone of this machine."""
    return "\n".join(incident_lines(incident, now, language, None))


def incident_lines(
    incident: Incident, now: datetime, language: Language, zone: tzinfo | None
) -> Iterator[str]:
    """The same, a line each: what was seen, and below it the rest."""
    _ = language.gettext
    kind = _(INCIDENT_KIND_NAMES[incident.kind])
    yield f"- **{incident.id}** {kind} · {inline(incident.phenomenon)}"
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
