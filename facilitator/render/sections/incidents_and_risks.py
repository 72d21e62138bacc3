"""Minutes sections: incidents, and the risk register."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.incident import Incident
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import Risk, risks_by_person, sorted_by_severity
from facilitator.domain.risk_disclosure import has_signed_no_problem
from facilitator.render.incidents import incident_markdown_lines
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.risk import credit_line, state_change_text
from facilitator.render.sections.labels import kpi_link, person_label


def incidents(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the incidents to be reviewed, and those reported during the meeting."""
    due = {each.id for each in meeting.incidents_to_review}
    lines = [
        line
        for each in meeting.incidents
        for line in _incident_lines(meeting, each, language, now, is_due=each.id in due)
    ]
    return "## " + language.gettext("Incidents") + "\n\n" + "\n".join(lines) if lines else ""


def _incident_lines(
    meeting: Meeting, incident: Incident, language: Language, now: datetime, *, is_due: bool
) -> Iterator[str]:
    _ = language.gettext
    yield from incident_markdown_lines(incident, now, language, meeting.agenda.starts.tzinfo)
    if incident.review:
        return
    if is_due:
        yield "  - " + _("**Still open:** not reviewed, it comes back at the next meeting")
    else:
        yield "  - " + _("To be reviewed at the next meeting")


def risks(meeting: Meeting, language: Language) -> str:
    """Return all risks of the series, the worst first, then who signed “no known problem”."""
    _ = language.gettext
    lines = [
        line
        for each in sorted_by_severity(meeting.risks)
        for line in _risk_lines(meeting, each, language)
    ]
    signed = [each for each in meeting.signed if has_signed_no_problem(meeting, each)]
    if signed:
        names = _(", ").join(person_label(meeting, each) for each in signed)
        lines.append("- " + _("Signed off “no known problem”: {names}").format(names=names))
    new = (each for each in meeting.risks if each.is_new)
    credit = credit_line(
        risks_by_person((person_label(meeting, each.raised_by), each) for each in new), language
    )
    if credit:
        lines.append("- " + _("Problems named with a solution: {people}").format(people=credit))
    return "## " + _("Risks and problems") + "\n\n" + "\n".join(lines) if lines else ""


def _risk_lines(meeting: Meeting, risk: Risk, language: Language) -> Iterator[str]:
    _ = language.gettext
    parts = [f"- **{inline(risk.id)}** {state_change_text(risk, language)}", inline(risk.text)]
    if about := kpi_link(meeting, risk, language):
        parts.append(about)
    if risk.is_new:
        parts.append(_("**new today**"))
    yield " · ".join(parts)
    yield "  - " + " · ".join(_risk_people(meeting, risk, language))
    if risk.solution:
        yield "  - " + _("Proposed solution: {solution}").format(solution=inline(risk.solution))
    if not risk.is_open:
        yield "  - " + _("Solved by: {what}").format(what=inline(risk.ended_by))


def _risk_people(meeting: Meeting, risk: Risk, language: Language) -> Iterator[str]:
    _ = language.gettext
    name = person_label(meeting, risk.raised_by)
    if risk.is_new:
        yield _("raised by {name}").format(name=name)
    else:
        day = language.day(risk.raised_on)
        yield _("raised by {name} on {day}").format(name=name, day=day)
        yield _("{ordinal} meeting").format(ordinal=language.ordinal(risk.carried + 1))
    if risk.owner:
        yield _("owner: {name}").format(name=person_label(meeting, risk.owner))
    elif risk.is_open:
        yield _("no owner")
    if risk.decision:
        yield _("became {id}").format(id=inline(risk.decision))
